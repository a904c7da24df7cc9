import JSON
import PluginKit
import PluginTesting

/// What a caller gets from a tool: the answer's bytes, or why there is none.
enum ToolOutcome: Equatable, CustomStringConvertible {
    case answer([UInt8])
    case refusal(CallHarness.Failure)

    /// Asks for a page, and for all that follow it up to a number.
    static func pages(of question: ToolQuestion, on site: SampleSite) async throws -> [ToolOutcome] {
        var outcomes: [ToolOutcome] = []
        var arguments = question.arguments
        while outcomes.count < question.pages {
            do {
                let answer = try await call(question.tool, .object(arguments), on: site, budget: 32 << 10)
                outcomes.append(.answer(answer.serialized))
                guard let cursor = answer["next_cursor"] else { break }
                arguments["cursor"] = cursor
            } catch let failure as CallHarness.Failure {
                outcomes.append(.refusal(failure))
                break
            }
        }
        return outcomes
    }

    /// Whether there is an answer that holds something.
    var isFruitful: Bool {
        guard case .answer(let bytes) = self, let answer = try? JSONValue(parsing: bytes) else { return false }
        return answer["items"].map { $0.array?.isEmpty == false } ?? true
    }

    var description: String {
        switch self {
        case .answer(let bytes): String(decoding: bytes, as: UTF8.self)
        case .refusal(let failure): "\(failure)"
        }
    }

    /// Where two outcomes part, with what stands around it.
    func difference(from other: ToolOutcome) -> String {
        let (mine, theirs) = (Array(description), Array(other.description))
        let place = zip(mine, theirs).prefix { $0 == $1 }.count
        let start = max(0, place - 160)
        return "\(String(mine[start...].prefix(320)))\n≠\n\(String(theirs[start...].prefix(320)))"
    }
}
