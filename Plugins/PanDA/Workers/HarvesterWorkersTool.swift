package import PluginKit

/// Counts the workers that the pilot submitter keeps at the sites.
package struct HarvesterWorkersTool: Tool {
    package struct Input: Decodable, Sendable {
        let site: String?
        let status: String?
        let resourcetype: String?
        let hours: Int?
        let days: Int?
    }

    private static let defaultHours = 1

    package static let description = ToolDescription(
        name: "panda_harvester_workers",
        title: "Harvester workers",
        summary: """
            How many Harvester workers (pilots) there are, by status, site, job type and resource type, as told in \
            the last hour by default: for jobs that stay activated. The jobs: panda_get_activity.
            """,
        input: .object([
            .optional("site", .string("Queue, or a pattern with %.", maximumLength: 128)),
            .optional("status", .string("Such as running, or a pattern with %.", maximumLength: 80)),
            .optional("resourcetype", .string("Such as SCORE, MCORE.", maximumLength: 56)),
            .optional("hours", .integer(minimum: 1, maximum: 8760)),
            .optional("days", .integer("Instead of hours.", minimum: 1, maximum: 365)),
        ]),
        output: WorkerReport.schema
    )

    private let workers: any WorkerReading

    package init(workers: any WorkerReading) {
        self.workers = workers
    }

    package func call(_ input: Input, in context: CallContext) async throws(ToolError) -> WorkerReport {
        guard input.hours == nil || input.days == nil else {
            throw ToolError(.invalidArgument, "hours and days: give one of them, not both.")
        }
        let hours = input.hours ?? input.days.map { $0 * 24 } ?? Self.defaultHours
        func given(_ text: String?) -> String? { text.flatMap { $0.isEmpty ? nil : $0 } }
        let query = WorkerQuery(
            window: Window(
                start: context.now.adding(seconds: -hours * 3600),
                end: context.now,
                defaulted: input.hours == nil && input.days == nil
            ),
            site: given(input.site),
            status: given(input.status),
            resourceType: given(input.resourcetype)
        )
        return WorkerReport(try await workers.workers(matching: query, in: context), query: query)
    }
}
