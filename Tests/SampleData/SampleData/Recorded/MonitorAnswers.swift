internal import JSON

/// Answers as a BigPanDA monitor does, from its records.
struct MonitorAnswers {
    let records: MonitorRecords
    let now: SampleInstant
    /// Where the monitor is mounted, such as `/atlas`; redirects begin with it.
    let prefix: String

    /// The answer for a path below the prefix, its components split at slashes.
    func answer(path: [String], query: RecordedQuery) -> RecordedAnswer {
        guard let view = path.first else { return .page("Dashboard") }
        switch view {
        case "job": return job(path.dropFirst().first ?? query["pandaid"])
        case "jobs": return MonitorJobList(answers: self, query: query).answer()
        case "task": return task(path.dropFirst().first ?? query["jeditaskid"])
        case "tasks": return tasks(query)
        case "errors": return MonitorErrorSummary(jobs: failures(query), now: now).answer(fields: query["fields"])
        case "filebrowser": return fileBrowser(query)
        case "media": return media(Array(path.dropFirst()))
        case "datasets": return datasets(query)
        case "harvester": return path.dropFirst().first == "getworkerstats" ? workers(query) : .json([])
        case "status_summary": return statusSummary(query)
        case "jobstatuslog", "taskstatuslog", "sites": return .json([])
        case "api" where path.dropFirst().first == "joberrordescriptions": return .json(["error_descriptions": []])
        case "dash" where path.dropFirst().first == "region":
            return .json(["regions": [:], "sites": [:], "queues": [:]])
        default: return .page("Not found")
        }
    }

    private func job(_ text: String?) -> RecordedAnswer {
        guard let text, let id = Int(text), let job = records.job(id) else { return .page("PanDA job is not found") }
        return .json([
            "files": .array(files(of: job)), "job": .object(job.record(now: now, form: .single)), "dsfiles": [],
        ])
    }

    private func files(of job: MonitorJob) -> [JSONValue] {
        [("input", "DAOD_PHYS.37621365._000042.pool.root.1"), ("log", "\(job.task).\(job.id).log.tgz")].map {
            type,
            name in
            [
                "pandaid": .integer(job.id), "lfn": .string(name), "type": .string(type), "fsize": 734_003_200,
                "fsizemb": "700", "status": type == "input" ? "ready" : (job.status == "finished" ? "ready" : "failed"),
                "dataset": .string("task.\(job.task).\(type)"), "scope": "user.alice", "guid": "",
                "jeditaskid": .integer(job.task), "destinationse": "",
            ]
        }
    }

    private func task(_ text: String?) -> RecordedAnswer {
        guard let text, let id = Int(text) else { return .redirect(302, to: "\(prefix)/task/") }
        guard let task = records.task(id) else { return .page("PanDA task is not found") }
        var record = task.record(now: now, form: .single)
        record["dc_info"] = .null
        record["totev"] = 0
        record["totevproc"] = 0
        record["pctfinished"] = ""
        record["totevhs06"] = .null
        record["totevoutput"] = 0
        record["rating"] = -1
        record["rating_feedback"] = []
        record["brokerage"] = "analy_brokerage"
        record["kibanatimefrom"] = .string(now.adding(seconds: -task.created).isoText + "Z")
        record["kibanatimeto"] = .string(now.isoText + "Z")
        return .json(["task": .object(record), "taskparams": [:], "datasets": .array(task.datasetRecords)])
    }

    private func tasks(_ query: RecordedQuery) -> RecordedAnswer {
        let filter = MonitorFilter(query: query, defaultHours: max(records.defaultHours, 7 * 24))
        let chosen = records.tasks.filter { task in
            filter.accepts("jeditaskid", String(task.id)) && filter.accepts("status", task.status)
                && filter.accepts("username", task.user) && filter.accepts("taskname", task.name)
                && filter.accepts("prodsourcelabel", task.label) && filter.accepts("workinggroup", "")
                && filter.accepts("processingtype", task.processingType)
                && filter.accepts("reqid", String(task.id % 100_000)) && filter.isWithinWindow(task.modified)
        }
        let list = chosen.prefix(filter.limit ?? 10000).map { task -> JSONValue in
            var record = task.record(now: now, form: .list)
            for member in task.datasetSummary.members.prefix(6) { record[member.name] = member.value }
            record["datasets"] = .array(task.datasetRecords)
            return .object(record)
        }
        return .json(.array(list))
    }

    private func datasets(_ query: RecordedQuery) -> RecordedAnswer {
        guard let id = query["jeditaskid"].flatMap({ Int($0) }) else {
            return .json(["error": "No jeditaskid was provided"], status: 400)
        }
        return .json(.array(records.task(id)?.datasetRecords ?? []))
    }

    private func failures(_ query: RecordedQuery) -> [MonitorJob] {
        let filter = MonitorFilter(query: query, defaultHours: records.defaultHours)
        return filter.jobs(among: records.jobs).filter { ["failed", "cancelled", "closed"].contains($0.status) }
    }

    private func fileBrowser(_ query: RecordedQuery) -> RecordedAnswer {
        let refusal: JSONValue = ["error": "Not enough params provided to download logs or pandaid does not exist.  "]
        guard let job = query["pandaid"].flatMap({ Int($0) }).flatMap({ records.job($0) }), !job.logs.isEmpty else {
            return .json(refusal, status: 400)
        }
        if let name = query["filename"] {
            guard job.logs.contains(where: { $0.name == name }) else {
                return .json(["error": "No such log file found in tarball"], status: 404)
            }
            return .redirect(301, to: "\(prefix)/media/filebrowser/\(job.id)/\(name)")
        }
        let files = job.logs.map { log -> JSONValue in
            [
                "name": .string(log.name), "dirname": .string("tarball_PandaJob_\(job.id)"),
                "size": .integer(log.text(start(of: job)).utf8.count),
                "modification": .string(now.adding(seconds: -job.modified).zonelessText),
                "media_link": .string("\(prefix)/media/filebrowser/\(job.id)/\(log.name)"),
            ]
        }
        return .json(["error": "", "files": .array(files)])
    }

    private func media(_ path: [String]) -> RecordedAnswer {
        guard path.count == 3, path[0] == "filebrowser", let job = Int(path[1]).flatMap({ records.job($0) }),
            let log = job.logs.first(where: { $0.name == path[2] })
        else { return .notFound }
        return .text(log.text(start(of: job)))
    }

    private func start(of job: MonitorJob) -> SampleInstant {
        now.adding(seconds: -(job.started ?? job.created))
    }

    private func workers(_ query: RecordedQuery) -> RecordedAnswer {
        let sites = Set(records.jobs.map(\.site)).sorted().filter { query["computingsite"].map([$0].contains) ?? true }
        let rows = sites.enumerated().flatMap { index, site in
            [("running", 90), ("submitted", 25), ("finished", 40), ("failed", 3)].map { status, count -> JSONValue in
                [
                    "harvesterid": "CERN_central_0", "computingsite": .string(site), "resourcetype": "SCORE",
                    "status": .string(status), "nworkers": .integer(count + index * 7),
                    "lastupdate": .string(now.adding(seconds: -120).isoText), "jobtype": "managed",
                ]
            }
        }
        return .json(.array(rows))
    }

    private func statusSummary(_ query: RecordedQuery) -> RecordedAnswer {
        let hours = query["nhours"].flatMap { Int($0) } ?? 12
        let start =
            query["starttime"].flatMap { SampleInstant(parsing: $0 + "Z") } ?? now.adding(seconds: -hours * 3600)
        let end = query["endtime"].flatMap { SampleInstant(parsing: $0 + "Z") } ?? now
        let jobs = records.jobs.filter { (start...end).contains(now.adding(seconds: -$0.modified)) }
            .filter { job in query["computingsite"].map { $0 == job.site } ?? true }
        let rows = Set(jobs.map(\.site)).sorted().map { site -> JSONValue in
            let here = jobs.filter { $0.site == site }
            var row = JSONObject()
            row["computingsite"] = .string(site)
            row["cloud"] = .string(here.first?.cloud ?? "")
            row["atlas_site"] = .string(site)
            for job in here { row[job.status] = .integer((row[job.status]?.integer ?? 0) + 1) }
            return .object(row)
        }
        return .json(
            [
                "timestamp": .string(now.isoTextWithFraction + "+00:00"), "errors": [:], "warnings": [:],
                "query": [:], "GET_parameters": ["nhours": .string(String(hours)), "json": ""],
                "nrecords": .integer(rows.count), "data": .array(rows),
            ],
            status: rows.isEmpty ? 404 : 200
        )
    }
}
