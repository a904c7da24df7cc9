import PluginKit
import Synchronization

/// Destroys a note, so that somebody must agree; answers how many it has destroyed.
struct TearTool: Tool {
    struct Input: Decodable, Sendable {
        let note: String
        let reason: String?
    }

    struct Output: Encodable, Sendable {
        let torn: Int
    }

    static let description = ToolDescription(
        name: "tear",
        title: "Tear",
        summary: "Tears a note up.",
        input: .object([.required("note", .string()), .optional("reason", .string())]),
        output: .object([.required("torn", .integer())]),
        effect: .destroys(isIdempotent: false)
    )

    private final class Count: Sendable {
        let torn = Mutex(0)
    }

    private let count = Count()

    func call(_ input: Input, in context: CallContext) async throws(ToolError) -> Output {
        Output(
            torn: count.torn.withLock { torn in
                torn += 1
                return torn
            }
        )
    }
}

/// Asks in its own words, once or twice, before it does anything: what the note holds is known only here.
struct BurnTool: Tool {
    struct Input: Decodable, Sendable {
        let notes: [String]
    }

    struct Output: Encodable, Sendable {
        let burnt: [String]
        let kept: [String]
    }

    static let description = ToolDescription(
        name: "burn",
        title: "Burn",
        summary: "Burns notes, each when somebody agrees.",
        input: .object([.required("notes", .array(of: .string()))]),
        output: .object([
            .required("burnt", .array(of: .string())), .required("kept", .array(of: .string())),
        ]),
        effect: .writes(isIdempotent: false)
    )

    func call(_ input: Input, in context: CallContext) async throws(ToolError) -> Output {
        var (burnt, kept): ([String], [String]) = ([], [])
        for note in input.notes {
            let agreed = try context.consent(to: "burn", note, details: "It cannot be read again.")
            if agreed { burnt.append(note) } else { kept.append(note) }
        }
        return Output(burnt: burnt, kept: kept)
    }
}
