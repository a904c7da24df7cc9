import PluginKit

/// A time window as the monitor takes it: whole hours back from now.
struct MonitorWindow: Hashable, Sendable {
    /// So far the monitor looks back when it is asked for one task or job, whatever window it is given.
    static let daysOfOneTask = 180

    /// How many hours back it begins.
    private let hours: Int
    /// How many hours back it ends; 0 for now.
    private let earlier: Int
    /// The window looked at: the wanted one, and what is added to make whole hours.
    let covered: Window

    /// The smallest window of whole hours that holds the wanted one.
    init(_ window: Window, now: Timestamp) {
        let (begin, end) = (now.seconds(since: window.start), now.seconds(since: window.end))
        hours = max(1, begin / 3600 + (begin % 3600 > 0 ? 1 : 0))
        earlier = max(0, end / 3600)
        covered = Window(
            start: now.adding(seconds: -hours * 3600),
            end: earlier > 0 ? now.adding(seconds: -earlier * 3600) : max(now, window.end),
            defaulted: window.defaulted
        )
    }

    /// The parts of a query.
    var query: [(String, String)] {
        [("hours", String(hours))] + (earlier > 0 ? [("earlierthan", String(earlier))] : [])
    }
}
