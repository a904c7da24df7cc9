package import PluginKit

/// Turns `days`, `start_time`, `end_time` and `cursor` of a list's arguments into a window and a place in it.
package struct WindowedQuestion: Hashable, Sendable {
    /// The window looked at.
    package let window: Window
    /// Only records with an id below this one; nil for the first page.
    package let beforeID: Int?
    /// Only records before this time, or at it with an id below ``beforeID``; nil where the id alone says the order.
    package let beforeTime: Timestamp?

    /// Reads the arguments.
    ///
    /// A cursor carries its window, so that the pages of one list agree however long the reader takes.
    /// - Throws: `ToolError` with `invalid_argument` for a time that is none, a window that is empty, or a cursor
    ///   that is not one of ours.
    package init(
        days: Int?,
        start: String?,
        end: String?,
        cursor: String?,
        beforeID: Int? = nil,
        defaultDays: Int,
        now: Timestamp
    ) throws(ToolError) {
        if let cursor {
            guard let place = ListCursor(cursor) else {
                throw ToolError(.invalidArgument, "cursor: is not one this tool gave; leave it out to start again.")
            }
            window = Window(start: place.start, end: place.end, defaulted: false)
            self.beforeID = place.beforeID
            beforeTime = place.beforeTime
            return
        }
        let end = try TimeArgument.time(end, "end_time") ?? now
        let start = try TimeArgument.time(start, "start_time")
        guard start == nil || days == nil else {
            throw ToolError(.invalidArgument, "days and start_time: give one of them, not both.")
        }
        let first = start ?? end.subtracting(days: days ?? defaultDays)
        guard first < end else {
            throw ToolError(.invalidArgument, "start_time: must be before end_time (\(end)).")
        }
        window = Window(start: first, end: end, defaulted: start == nil && days == nil)
        self.beforeID = beforeID
        beforeTime = nil
    }

    /// What continues after a record of this window.
    package func cursor(after id: Int, at time: Timestamp? = nil) -> String {
        ListCursor(beforeID: id, beforeTime: time, start: window.start, end: window.end).text
    }
}
