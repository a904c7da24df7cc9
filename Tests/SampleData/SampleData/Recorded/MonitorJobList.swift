internal import JSON

/// The list of jobs, with its facets and errors.
struct MonitorJobList {
    let answers: MonitorAnswers
    let query: RecordedQuery

    func answer() -> RecordedAnswer {
        let filter = MonitorFilter(query: query, defaultHours: answers.records.defaultHours)
        let jobs = filter.jobs(among: answers.records.jobs).sorted { $0.id > $1.id }
        let shown = jobs.prefix(filter.limit ?? 20000).map { $0.record(now: answers.now, form: .list) }
        let outputs = query["outputs"]?.split(separator: ",").map(String.init)
        func wants(_ block: String) -> Bool { outputs?.contains(block) ?? true }
        return .json([
            "selectionsummary": wants("selectionsummary") ? .array(Self.summary(of: shown)) : [],
            "jobs": wants("jobs") ? .array(shown.map { .object(kept($0)) }) : [],
            "errsByCount": wants("errsByCount")
                ? .array(MonitorErrorSummary(jobs: jobs, now: answers.now).byCount(of: jobs)) : [],
        ])
    }

    /// The members that `fields` names; all without it.
    private func kept(_ record: JSONObject) -> JSONObject {
        guard let fields = query["fields"]?.split(separator: ",").map(String.init) else { return record }
        return JSONObject(members: record.members.filter { fields.contains($0.name) })
    }

    private static let facets = [
        "actualcorecount", "attemptnr", "cloud", "computingsite", "corecount", "eventservice", "gshare", "jeditaskid",
        "jobstatus", "jobsubstatus", "processingtype", "prodsourcelabel", "produsername", "resourcetype",
        "specialhandling", "transformation", "workinggroup",
    ]

    /// For each facet the values and how many jobs have them.
    static func summary(of records: [JSONObject]) -> [JSONValue] {
        guard !records.isEmpty else { return [] }
        return facets.map { facet in
            var counts: [JSONValue: Int] = [:]
            for record in records {
                let value = record[facet] ?? .null
                counts[value == "" ? "Not specified" : value, default: 0] += 1
            }
            let list = counts.sorted {
                ($1.value, $0.key.serialized.description) < ($0.value, $1.key.serialized.description)
            }
            .map { ["kname": $0.key, "kvalue": .integer($0.value)] as JSONValue }
            return ["field": .string(facet), "list": .array(list)]
        }
    }
}
