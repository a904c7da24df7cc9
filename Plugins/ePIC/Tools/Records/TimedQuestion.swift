import JSON
import PanDAKit
import PluginKit

/// After which record a list goes on.
struct TimedPlace: Hashable, Sendable {
    let time: Timestamp
    let key: String
}

/// Which span of time is looked at, and where in the list.
///
/// A cursor carries both, so that the pages of one list agree however long the reader takes.
struct TimedQuestion: Hashable, Sendable {
    let start: Timestamp?
    let end: Timestamp?
    /// Whether the tool chose the span because the caller gave none.
    let isDefault: Bool
    let place: TimedPlace?

    private static let mark = "t1"
    private static let open = "-"

    /// Reads the arguments.
    ///
    /// Without `start_time` the span begins `defaultHours` before its end; with nil it is open, for there are other
    /// arguments that make the list short.
    /// - Throws: `ToolError` with `invalid_argument` for a time that is none, a span that is empty, or a cursor that
    ///   is not one of ours.
    init(
        start: String?,
        end: String?,
        cursor: String?,
        defaultHours: Int?,
        key: TimedTable.Key,
        now: Timestamp
    ) throws(ToolError) {
        if let cursor {
            guard let read = Self.read(cursor), key.value(read.place.key) != nil else {
                throw ToolError(.invalidArgument, "cursor: is not one this tool gave; leave it out to start again.")
            }
            self.start = read.start
            self.end = read.end
            isDefault = false
            place = read.place
            return
        }
        let first = try TimeArgument.time(start, "start_time")
        let last = try TimeArgument.time(end, "end_time")
        isDefault = first == nil && last == nil
        place = nil
        guard first != nil || defaultHours != nil else {
            self.start = nil
            self.end = last
            return
        }
        let limit = last ?? now
        let beginning = first ?? limit.adding(seconds: -(defaultHours ?? 0) * 3600)
        guard beginning < limit else {
            throw ToolError(.invalidArgument, "start_time: must be before end_time (\(limit)).")
        }
        self.start = beginning
        self.end = limit
    }

    /// The span, as it is shown; nil for an open one.
    var window: Window? {
        guard let start, let end else { return nil }
        return Window(start: start, end: end, defaulted: isDefault)
    }

    /// What to try when nothing is found.
    var hintForNothing: String? {
        isDefault && start != nil ? "Nothing in the default window; give an earlier start_time." : nil
    }

    /// Adds the span to the conditions on a column.
    func add(to conditions: inout Conditions, column: String) {
        if let start { conditions.add("\(column) >= \(conditions.bind(.string(start.zonedText)))") }
        if let end { conditions.add("\(column) < \(conditions.bind(.string(end.zonedText)))") }
    }

    /// What continues after a record.
    func cursor(after place: TimedPlace) -> String {
        let times = [start, end].map { $0.map { String($0.microseconds) } ?? Self.open }
        return ([Self.mark] + times + [String(place.time.microseconds), place.key]).joined(separator: ".")
    }

    private static func read(_ cursor: String) -> (start: Timestamp?, end: Timestamp?, place: TimedPlace)? {
        let parts = cursor.split(separator: ".", maxSplits: 4, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 5, parts[0] == mark, let time = moment(parts[3]) else { return nil }
        let (start, end) = (moment(parts[1]), moment(parts[2]))
        guard start != nil || parts[1] == open, end != nil || parts[2] == open else { return nil }
        return (start, end, TimedPlace(time: time, key: parts[4]))
    }

    /// A time of the years 1 to 9999.
    private static func moment(_ text: String) -> Timestamp? {
        guard let value = Int64(text), (-62_135_596_800_000_000...253_402_300_799_999_999).contains(value) else {
            return nil
        }
        return Timestamp(microseconds: value)
    }
}
