import JSON
package import PluginKit

/// Counts workers from a BigPanDA monitor, which tells what Harvester told it.
package struct MonitorWorkerReading: WorkerReading {
    private let rows: MonitorRows

    package init(rows: MonitorRows) {
        self.rows = rows
    }

    package func workers(
        matching query: WorkerQuery,
        in context: CallContext
    ) async throws(ToolError) -> [WorkerCount] {
        func text(_ time: Timestamp) -> String { String(time.sqlText.map { $0 == " " ? "T" : $0 }) }
        var parts = [("lastupdate_from", text(query.window.start)), ("lastupdate_to", text(query.window.end))]
        let (site, status) = (MonitorPattern(query.site), MonitorPattern(query.status))
        let resource = MonitorPattern(query.resourceType)
        // It takes a queue only whole.
        if let site, !site.query.contains("*") { parts.append(("computingsite", site.query)) }
        guard let document = try await rows.document(at: "/harvester/getworkerstats/", query: parts, in: context),
            document.kind == .array
        else { throw MonitorAnswer.unreadable("no list of workers") }
        return document.elements.map(MonitorRecord.init).compactMap { record in
            let count = WorkerCount(
                site: record.text("computingsite", limit: 128),
                status: record.text("status", limit: 80),
                jobType: record.text("jobtype", limit: 64),
                resourceType: record.text("resourcetype", limit: 56),
                workers: record.count("nworkers") ?? 0,
                told: record.time("lastupdate")
            )
            // Some monitors leave out the time; of those that give it not all keep to the window.
            guard count.told.map({ $0 >= query.window.start && $0 <= query.window.end }) ?? true,
                MonitorPattern.passes(count.site, site), MonitorPattern.passes(count.status, status),
                MonitorPattern.passes(count.resourceType, resource)
            else { return nil }
            return count
        }
    }
}
