internal import JSON

/// Failed jobs, counted by error, site, user and task.
struct MonitorErrorSummary {
    let jobs: [MonitorJob]
    let now: SampleInstant

    private struct Entry {
        let error: String
        let field: String
        let code: Int
        let diagnosis: String
        let example: Int
        var count = 0

        var record: JSONValue {
            [
                "error": .string(error), "codename": .string(field), "codeval": .integer(code),
                "diag": .string(diagnosis),
                "desc": "", "cat": ["name": "Uncategorized", "id": 0], "example_pandaid": .integer(example),
                "count": .integer(count),
            ]
        }
    }

    /// The blocks that `fields` names, or all.
    func answer(fields: String?) -> RecordedAnswer {
        let wanted = fields?.split(separator: ",").map(String.init)
        var answer = JSONObject()
        for name in ["jobSummary", "errsByCount", "errsBySite", "errsByUser", "errsByTask"]
        where wanted?.contains(name) ?? true {
            answer[name] = .array(block(name))
        }
        return .json(.object(answer))
    }

    private func block(_ name: String) -> [JSONValue] {
        switch name {
        case "jobSummary": MonitorJobList.summary(of: jobs.map { $0.record(now: now, form: .list) })
        case "errsByCount": byCount(of: jobs)
        case "errsBySite": grouped { .string($0.site) }
        case "errsByUser": grouped { .string($0.user) }
        default: grouped { .integer($0.task) }
        }
    }

    /// The errors of those jobs, the most frequent first.
    func byCount(of jobs: [MonitorJob]) -> [JSONValue] {
        entries(of: jobs).map(\.record)
    }

    private func entries(of jobs: [MonitorJob]) -> [Entry] {
        var entries: [String: Entry] = [:]
        for job in jobs {
            for error in job.namedErrors {
                let name = "\(error.component):\(error.code)"
                let fresh = Entry(
                    error: name,
                    field: error.field,
                    code: error.code,
                    diagnosis: error.diagnosis,
                    example: job.id
                )
                entries[name, default: fresh].count += 1
            }
        }
        return entries.values.sorted { ($1.count, $0.error) < ($0.count, $1.error) }
    }

    private func grouped(by key: (MonitorJob) -> JSONValue) -> [JSONValue] {
        let groups = Dictionary(grouping: jobs.filter { !$0.namedErrors.isEmpty }, by: key)
        let sorted = groups.sorted { ($1.value.count, $0.value[0].id) < ($0.value.count, $1.value[0].id) }
        return sorted.map { name, jobs in
            let entries = entries(of: jobs)
            var errors = JSONObject()
            for entry in entries { errors[entry.error] = entry.record }
            return [
                "name": name, "errors": .object(errors), "toterrors": .integer(entries.reduce(0) { $0 + $1.count }),
                "toterrjobs": .integer(jobs.count), "errorlist": .array(entries.map(\.record)),
            ]
        }
    }
}
