import PanDAKit
import PluginKit

/// Reads one job and what belongs to it from PanDA's tables.
struct SQLJobReading: JobReading {
    private let source: SQLSource
    private let pages: MonitorPages
    /// How many of a job's files are told.
    private let maximumFiles: Int

    /// PanDA drops the files of a job after so many days.
    private static let daysWithFiles = 30

    /// Creates a reader; by default at most 50 files of a job are told.
    init(source: SQLSource = .panda, pages: MonitorPages, maximumFiles: Int = 50) {
        self.source = source
        self.pages = pages
        self.maximumFiles = maximumFiles
    }

    func job(withID pandaid: Int, in context: CallContext) async throws(ToolError) -> JobFacts? {
        var found = try await source.rows(
            JobStudyStatements.job(pandaid, isActive: true),
            maximumRows: 1,
            in: context
        )
        if found.isEmpty {
            found = try await source.rows(
                JobStudyStatements.job(pandaid, isActive: false),
                maximumRows: 1,
                in: context
            )
        }
        guard let row = found.first else { return nil }
        var facts = Self.facts(row, pandaid: pandaid)
        var logs = JobLogAddresses(pilotID: row.text("pilotid"))
        facts.pilot = logs.pilot
        try await fillFiles(&facts, in: context)
        try await fillWorker(&facts, &logs, in: context)
        try await fillTask(&facts, in: context)
        logs.moveToPerlmutter(queue: facts.site ?? "", pandaid: pandaid)
        facts.monitorURLs = pages.job(pandaid)
        logs.add("monitor", facts.monitorURLs.first?.url)
        facts.logURLs = logs.urls
        return facts
    }

    private static func facts(_ row: Row, pandaid: Int) -> JobFacts {
        var facts = JobFacts(pandaid: pandaid, status: row.cleaned("jobstatus") ?? "unknown")
        facts.task = row.positive("jeditaskid").map { JobTask(jeditaskid: $0) }
        facts.parent = row.positive("parentid").flatMap { $0 == pandaid ? nil : $0 }
        facts.site = row.cleaned("computingsite")
        facts.user = row.cleaned("produsername")
        facts.attempt = row.integer("attemptnr").map { JobAttempt(number: $0, maximum: row.positive("maxattempt")) }
        facts.created = row.pandaTime("creationtime")
        facts.started = row.pandaTime("starttime")
        facts.ended = row.pandaTime("endtime")
        facts.modified = row.pandaTime("modificationtime")
        facts.errors = JobErrors.all(
            code: { row.integer($0.codeColumn) },
            diagnosis: { $0.diagnosisColumn.flatMap { row.text($0) } }
        )
        facts.resources.coreCount = row.positive("actualcorecount") ?? row.positive("corecount")
        facts.resources.maximumRSSKilobytes = row.positive("maxrss")
        facts.resources.maximumPSSKilobytes = row.positive("maxpss")
        if (row.cleaned("minramunit") ?? "MB") == "MB" {
            facts.resources.requestedMemoryMegabytes = row.positive("minramcount")
        }
        facts.resources.cpuSeconds = row.positive("cpuconsumptiontime")
        facts.resources.events = row.positive("nevents")
        facts.resources.inputBytes = row.positive("inputfilebytes")
        facts.resources.outputBytes = row.positive("outputfilebytes")
        return facts
    }

    private func fillFiles(_ facts: inout JobFacts, in context: CallContext) async throws(ToolError) {
        let statement = JobStudyStatements.files(of: facts.pandaid)
        guard let rows = try await part("files", statement, maximumFiles, &facts, in: context) else { return }
        facts.files = rows.compactMap { row in
            guard let name = row.cleaned("lfn", limit: 1024) else { return nil }
            return JobFile(
                name: name,
                type: row.cleaned("type"),
                scope: row.cleaned("scope"),
                status: row.cleaned("status"),
                sizeBytes: row.positive("fsize"),
                dataset: row.cleaned("dataset")
            )
        }
        if rows.isTruncated {
            facts.missingParts.append("files: only the first \(maximumFiles) are listed")
        } else if rows.isEmpty {
            let limit = context.now.subtracting(days: Self.daysWithFiles)
            let isOld = facts.modified.map { $0 < limit } ?? false
            facts.missingParts.append(
                isOld
                    ? "files: PanDA keeps them for \(Self.daysWithFiles) days, and this job is older"
                    : "files: none are recorded for this job"
            )
        }
    }

    private func fillWorker(
        _ facts: inout JobFacts,
        _ logs: inout JobLogAddresses,
        in context: CallContext
    ) async throws(ToolError) {
        let statement = JobStudyStatements.workers(of: facts.pandaid)
        guard let rows = try await part("harvester", statement, 10, &facts, in: context) else { return }
        guard let row = rows.first, let harvester = row.cleaned("harvesterid"), let id = row.integer("workerid") else {
            if facts.started != nil { facts.missingParts.append("harvester: no worker is recorded for this job") }
            return
        }
        facts.harvester = JobWorker(
            harvesterID: harvester,
            workerID: id,
            status: row.cleaned("status"),
            computingElement: row.cleaned("computingelement"),
            diagnosis: row.cleaned("diagmessage", limit: 512)
        )
        if rows.count > 1 {
            facts.missingParts.append("harvester: only the last of \(rows.count) workers is shown")
        }
        logs.add("pilot_stdout", row.text("stdout"))
        logs.add("pilot_stderr", row.text("stderr"))
        logs.add("batch_log", row.text("batchlog"))
    }

    private func fillTask(_ facts: inout JobFacts, in context: CallContext) async throws(ToolError) {
        guard let id = facts.task?.jeditaskid else { return }
        let statement = JobStudyStatements.task(id)
        guard let row = try await part("task", statement, 1, &facts, in: context)?.first else { return }
        facts.task = JobTask(jeditaskid: id, name: row.cleaned("taskname"), status: row.cleaned("status"))
    }

    /// What one part's statement finds; a part that cannot be had is named instead, for the job is known without it.
    private func part(
        _ name: String,
        _ statement: Statement,
        _ maximumRows: Int,
        _ facts: inout JobFacts,
        in context: CallContext
    ) async throws(ToolError) -> Rows? {
        do {
            return try await source.rows(statement, maximumRows: maximumRows, in: context)
        } catch {
            guard error.code != .cancelled else { throw error }
            context.log(.warning, "panda_study_job: \(name): \(error.code)")
            facts.missingParts.append("\(name): could not be read (\(error.code))")
            return nil
        }
    }
}
