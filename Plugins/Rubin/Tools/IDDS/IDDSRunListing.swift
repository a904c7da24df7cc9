import JSON
import PanDAKit
package import PluginKit

/// Lists runs from the monitor's part of iDDS.
package struct IDDSRunListing: RunListing {
    private let source: IDDSSource
    /// How many statuses of transforms one run shows.
    private let maximumStatuses: Int

    package init(source: IDDSSource, maximumStatuses: Int = 30) {
        self.source = source
        self.maximumStatuses = maximumStatuses
    }

    package func runs(in context: CallContext) async throws(ToolError) -> [RunListItem] {
        guard let document = try await source.document(at: "/monitor/null/null/true/false/false", in: context) else {
            return []
        }
        guard document.kind == .array else { throw IDDSSource.unreadable("no list of requests") }
        var seen: Set<Int> = []
        return document.elements.compactMap { node in
            let record = IDDSRecord(node)
            guard let id = record.id("request_id"), seen.insert(id).inserted else { return nil }
            return run(id, record)
        }
    }

    private func run(_ id: Int, _ record: IDDSRecord) -> RunListItem {
        var run = RunListItem(requestID: id, status: record.status("status", .request))
        run.name = record.line("name")
        run.user = record.line("username", limit: 128)
        run.created = record.time("created_at")
        run.updated = record.time("updated_at")
        run.succeededJobs = record.count("output_processed_files")
        run.runningJobs = record.count("output_processing_files")
        run.totalJobs = max(record.count("output_total_files"), run.succeededJobs)
        run.percentDone = run.totalJobs > 0 ? run.succeededJobs * 100 / run.totalJobs : nil
        run.transforms = .counts(record.transformCounts("transforms", limit: maximumStatuses))
        return run
    }
}
