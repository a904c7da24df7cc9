/// The filters of a listing's query.
struct MonitorFilter {
    private let query: RecordedQuery
    /// Seconds to look back; nil when identifiers were named, for which the window does not count.
    private let window: ClosedRange<Int>?

    init(query: RecordedQuery, defaultHours: Int) {
        self.query = query
        let hours = query["days"].flatMap { Int($0) }.map { $0 * 24 } ?? query["hours"].flatMap { Int($0) }
        let end = (query["earlierthan"].flatMap { Int($0) } ?? 0) * 3600
        window =
            query["pandaid"] != nil || query["jeditaskid"] != nil
            ? nil : min(end, (hours ?? defaultHours) * 3600)...(hours ?? defaultHours) * 3600
    }

    var limit: Int? { query["limit"].flatMap { Int($0) } }

    func isWithinWindow(_ secondsAgo: Int) -> Bool {
        window.map { $0.contains(secondsAgo) } ?? true
    }

    /// Whether the value is one of the alternatives, which bars separate; an asterisk stands for any text.
    func accepts(_ name: String, _ value: String) -> Bool {
        guard let wanted = query[name] else { return true }
        return wanted.split(separator: "|").contains { Self.fits(Array($0.utf8)[...], Array(value.utf8)[...]) }
    }

    private static func fits(_ choice: ArraySlice<UInt8>, _ value: ArraySlice<UInt8>) -> Bool {
        guard let first = choice.first else { return value.isEmpty }
        guard first == UInt8(ascii: "*") else {
            return value.first == first && fits(choice.dropFirst(), value.dropFirst())
        }
        return (0...value.count).contains { fits(choice.dropFirst(), value.dropFirst($0)) }
    }

    func jobs(among jobs: [MonitorJob]) -> [MonitorJob] {
        jobs.filter { job in
            accepts("pandaid", String(job.id)) && accepts("jeditaskid", String(job.task))
                && accepts("jobstatus", job.status) && accepts("computingsite", job.site)
                && accepts("cloud", job.cloud) && accepts("produsername", job.user)
                && accepts("prodsourcelabel", job.label) && accepts("reqid", String(job.task % 100_000))
                && accepts("workinggroup", "") && accepts("destinationse", "")
                && accepts("parentid", job.parent.map(String.init) ?? "")
                // Jobs that have not ended are listed whenever they last changed.
                && (isWithinWindow(job.modified) || job.ended == nil && query["earlierthan"] == nil)
        }
    }
}
