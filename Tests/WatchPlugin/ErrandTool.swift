import JSON
import PluginKit

/// Sends a message through the gateway, and waits for an answer when it is asked to.
struct ErrandTool: Tool {
    struct Input: Decodable, Sendable {
        let destination: String
        let text: String
        let isQuestion: Bool?
    }

    struct Output: Encodable, Sendable {
        let answer: String?
    }

    static let description = ToolDescription(
        name: "errand",
        title: "Errand",
        summary: "Sends a message to a broker, and brings the answer to a question.",
        input: .object([
            .required("destination", .string()), .required("text", .string()), .optional("isQuestion", .boolean()),
        ]),
        output: .object([.optional("answer", .string())]),
        effect: .writes(isIdempotent: false)
    )

    func call(_ input: Input, in context: CallContext) async throws(ToolError) -> Output {
        let broker = context.source("broker")
        let body: JSONValue = ["text": .string(input.text)]
        guard input.isQuestion == true else {
            try await broker.send(body, to: input.destination)
            return Output(answer: nil)
        }
        let answer = try await broker.exchange(body, with: input.destination, replyMember: "reply_to")
        return Output(answer: answer.json?["text"]?.string)
    }
}
