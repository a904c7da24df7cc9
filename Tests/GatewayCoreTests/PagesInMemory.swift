import GatewayCore
import Synchronization

/// Pages on which nobody looks; the test says what people said.
final class PagesInMemory: CallConsenting {
    struct State {
        var answers: [ConsentAnswer] = []
        var asked: [ConsentPage] = []
        var place = ConsentPlace.page(url: "https://gw.example/approve/x")
    }

    let state = Mutex(State())

    init(_ answers: ConsentAnswer..., place: ConsentPlace? = nil) {
        state.withLock { state in
            state.answers = answers
            if let place { state.place = place }
        }
    }

    var asked: [ConsentPage] { state.withLock { $0.asked } }

    func answer(to call: ConsentSubject) async -> ConsentAnswer {
        state.withLock { $0.answers.isEmpty ? .nothing : $0.answers.removeFirst() }
    }

    func ask(_ question: ConsentPage) async -> ConsentPlace {
        state.withLock { state in
            state.asked.append(question)
            return state.place
        }
    }
}
