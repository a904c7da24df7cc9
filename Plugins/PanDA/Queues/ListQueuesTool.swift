package import PluginKit

/// Lists the queues jobs are sent to, by name.
package struct ListQueuesTool: Tool {
    package struct Input: Decodable, Sendable {
        let vo: String?
        let status: String?
        let state: String?
        let cloud: String?
        let site: String?
        let resource_type: String?
        let search: String?
        let limit: Int?
        let cursor: String?
    }

    private static let defaultLimit = 50
    private static let cursorMark = "n1."

    package static let description = ToolDescription(
        name: "panda_list_queues",
        title: "List queues",
        summary: """
            PanDA queues by name with status, resource type, site and limits, and counts by status. Use it to find a \
            queue's exact name. All of one: panda_get_queue.
            """,
        input: .object([
            .optional("vo", .string(maximumLength: 64)),
            .optional("status", .string("online, test, brokeroff or offline.", maximumLength: 64)),
            .optional("state", .string(maximumLength: 64)),
            .optional("cloud", .string(maximumLength: 64)),
            .optional("site", .string(maximumLength: 128)),
            .optional("resource_type", .string("Such as GRID, cloud, gpu, hpc_special.", maximumLength: 64)),
            .optional("search", .string("A part of the queue's name.", maximumLength: 128)),
            .optional("limit", .integer(minimum: 1, maximum: 500, default: defaultLimit)),
            .optional("cursor", .string(maximumLength: 160)),
        ]),
        output: .list(
            of: QueueItem.schema,
            summary: .dictionary(of: .integer(minimum: 0), "Status → number of queues, over everything that matches.")
        )
    )

    private let queues: any QueueListing

    package init(queues: any QueueListing) {
        self.queues = queues
    }

    package func call(
        _ input: Input,
        in context: CallContext
    ) async throws(ToolError) -> ListResult<QueueItem> {
        let filter = QueueFilter(
            vo: input.vo,
            status: input.status,
            state: input.state,
            cloud: input.cloud,
            site: input.site,
            resourceType: input.resource_type,
            search: input.search
        )
        let last = try Self.place(input.cursor)
        let all = try await queues.queues(in: context)
        let matching = all.filter(filter.matches).sorted { Self.isBefore($0.name, $1.name) }
        let following = last.map { last in matching.filter { Self.isBefore(last, $0.name) } } ?? matching
        let shown = Array(following.prefix(input.limit ?? Self.defaultLimit))
        let statuses = Dictionary(grouping: matching) { $0.status ?? "unknown" }
            .sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
        return ListResult(
            shown,
            totalCount: matching.count,
            hasMore: shown.count < following.count,
            budgetBytes: context.budgetBytes,
            summary: .counts(statuses.map { ($0.key, $0.value.count) }),
            filtersApplied: filter.shown,
            hint: matching.isEmpty && !all.isEmpty
                ? "None of the \(all.count) queues matches; leave a filter out." : nil,
            cursor: { Self.cursorMark + $0.name }
        )
    }

    private static func place(_ cursor: String?) throws(ToolError) -> String? {
        guard let cursor else { return nil }
        guard cursor.hasPrefix(cursorMark) else {
            throw ToolError(.invalidArgument, "cursor: is not one this tool gave; leave it out to start again.")
        }
        return String(cursor.dropFirst(cursorMark.count))
    }

    private static func isBefore(_ left: String, _ right: String) -> Bool {
        left.utf8.lexicographicallyPrecedes(right.utf8)
    }
}
