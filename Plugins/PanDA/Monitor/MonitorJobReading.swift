package import PluginKit

/// Reads a job from a BigPanDA monitor.
package struct MonitorJobReading: JobReading {
    private let source: MonitorSource
    private let pages: MonitorPages
    /// How many of a job's files are told.
    private let maximumFiles: Int

    /// Creates a reader; by default at most 50 files of a job are told.
    package init(source: MonitorSource, pages: MonitorPages, maximumFiles: Int = 50) {
        self.source = source
        self.pages = pages
        self.maximumFiles = maximumFiles
    }

    package func job(withID pandaid: Int, in context: CallContext) async throws(ToolError) -> JobFacts? {
        let query = [("pandaid", String(pandaid))]
        guard let document = try await source.document(at: "/job", query: query, in: context) else { return nil }
        let answer = MonitorRecord(document)
        let job = answer.record("job")
        guard !job.isEmpty else {
            guard answer.has("job") else { throw MonitorAnswer.unreadable("no job in the answer") }
            return nil
        }
        guard let status = job.text("jobstatus", limit: 64), (job.integer("pandaid") ?? pandaid) == pandaid else {
            throw MonitorAnswer.unreadable("the job has no state, or is another one")
        }
        var facts = JobFacts(pandaid: pandaid, status: status)
        MonitorJobRecord(job).fill(&facts)
        facts.parent = job.count("parentid").flatMap { $0 == pandaid ? nil : $0 }
        fillFiles(&facts, answer.records("files"))
        facts.monitorURLs = pages.job(pandaid)
        facts.logURLs["monitor"] = facts.monitorURLs.first?.url
        return facts
    }

    private func fillFiles(_ facts: inout JobFacts, _ files: [MonitorRecord]) {
        facts.files = files.prefix(maximumFiles).compactMap { file in
            guard let name = file.text("lfn") else { return nil }
            return JobFile(
                name: name,
                type: file.text("type"),
                scope: file.text("scope"),
                status: file.text("status"),
                sizeBytes: file.count("fsize"),
                dataset: file.text("dataset")
            )
        }
        if files.count > maximumFiles {
            facts.missingParts.append("files: only the first \(maximumFiles) of \(files.count) are listed")
        }
    }
}
