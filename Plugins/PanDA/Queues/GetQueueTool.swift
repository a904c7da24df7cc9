package import PluginKit

/// Tells one queue's whole record.
package struct GetQueueTool: Tool {
    package struct Input: Decodable, Sendable {
        let panda_queue: String
    }

    package static let description = ToolDescription(
        name: "panda_get_queue",
        title: "One queue",
        summary: """
            All settings of one PanDA queue by its exact name. To find a name: panda_list_queues.
            """,
        input: .object([
            .required(
                "panda_queue",
                .string("Its exact name.", maximumLength: 128)
            )
        ]),
        output: QueueStudy.schema
    )

    private let queues: any QueueReading

    package init(queues: any QueueReading) {
        self.queues = queues
    }

    package func call(_ input: Input, in context: CallContext) async throws(ToolError) -> QueueStudy {
        guard !input.panda_queue.isEmpty else {
            throw ToolError(.invalidArgument, "panda_queue: must not be empty.")
        }
        guard let facts = try await queues.queue(named: input.panda_queue, in: context) else {
            throw ToolError(
                .notFound,
                "There is no queue with the name \(UntrustedText.cleaned(input.panda_queue, limit: 128)).",
                hint: "Find its exact name with panda_list_queues and search."
            )
        }
        return QueueStudy(facts, now: context.now, budgetBytes: context.budgetBytes)
    }
}
