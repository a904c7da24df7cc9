/// The filters of a listing's query.
struct MonitorFilter {
    private let query: RecordedQuery
    /// Seconds to look back; nil when identifiers were named, for which the window does not count.
    private let window: Int?

    init(query: RecordedQuery, defaultHours: Int) {
        self.query = query
        if query["pandaid"] != nil || query["jeditaskid"] != nil {
            window = nil
        } else if let days = query["days"].flatMap({ Int($0) }) {
            window = days * 86400
        } else {
            window = (query["hours"].flatMap { Int($0) } ?? defaultHours) * 3600
        }
    }

    var limit: Int? { query["limit"].flatMap { Int($0) } }

    func isWithinWindow(_ secondsAgo: Int) -> Bool {
        window.map { secondsAgo <= $0 } ?? true
    }

    /// Whether the value is one of the alternatives, which bars separate; one may end with an asterisk.
    func accepts(_ name: String, _ value: String) -> Bool {
        guard let wanted = query[name] else { return true }
        return wanted.split(separator: "|").contains { choice in
            choice.hasSuffix("*") ? value.hasPrefix(choice.dropLast()) : value == choice
        }
    }

    func jobs(among jobs: [MonitorJob]) -> [MonitorJob] {
        jobs.filter { job in
            accepts("pandaid", String(job.id)) && accepts("jeditaskid", String(job.task))
                && accepts("jobstatus", job.status) && accepts("computingsite", job.site)
                && accepts("cloud", job.cloud) && accepts("produsername", job.user)
                && accepts("prodsourcelabel", job.label) && isWithinWindow(job.modified)
        }
    }
}
