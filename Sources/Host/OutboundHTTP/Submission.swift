import GatewayCore
import Synchronization

/// One request and whoever waits for its answer, who hears exactly once.
final class Submission: Sendable {
    typealias Answer = Result<FetchResponse, FetchError>

    private enum State {
        case created
        case waited(CheckedContinuation<Answer, Never>)
        /// Answered before anybody waited.
        case answered(Answer)
        case delivered
    }

    let request: PreparedRequest
    private let state = Mutex(State.created)

    init(_ request: PreparedRequest) {
        self.request = request
    }

    /// Whether the answer is known, so that a transfer would be for nothing.
    var isSettled: Bool {
        state.withLock { state in
            switch state {
            case .created, .waited: false
            case .answered, .delivered: true
            }
        }
    }

    /// Parks the one who waits; false when the answer was known already and has been handed over.
    func wait(_ continuation: CheckedContinuation<Answer, Never>) -> Bool {
        let known: Answer? = state.withLock { state in
            if case .answered(let answer) = state {
                state = .delivered
                return answer
            }
            state = .waited(continuation)
            return nil
        }
        guard let known else { return true }
        continuation.resume(returning: known)
        return false
    }

    /// Gives the answer; the first one counts, later ones are ignored.
    func settle(_ answer: Answer) {
        let waiting: CheckedContinuation<Answer, Never>? = state.withLock { state in
            switch state {
            case .created:
                state = .answered(answer)
                return nil
            case .waited(let continuation):
                state = .delivered
                return continuation
            case .answered, .delivered:
                return nil
            }
        }
        waiting?.resume(returning: answer)
    }
}
