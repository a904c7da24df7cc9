package import PluginKit

/// A place in a list whose window stands still: after a record, named by its id and, where ids do not follow the
/// list's order, by its time as well.
package struct ListCursor: Hashable, Sendable {
    package let beforeID: Int
    package let beforeTime: Timestamp?
    package let start: Timestamp
    package let end: Timestamp

    private static let version = "c1"
    /// The years 1 to 9999.
    private static let times: ClosedRange<Int64> = -62_135_596_800_000_000...253_402_300_799_999_999

    package init(beforeID: Int, beforeTime: Timestamp? = nil, start: Timestamp, end: Timestamp) {
        self.beforeID = beforeID
        self.beforeTime = beforeTime
        self.start = start
        self.end = end
    }

    /// Reads a cursor; nil for a text that is none of ours.
    package init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 || parts.count == 5, parts[0] == Self.version, let beforeID = Int(parts[1]) else {
            return nil
        }
        let times = parts[2...].compactMap { Int64($0) }.filter { Self.times.contains($0) }
        guard times.count == parts.count - 2, times[0] < times[1] else { return nil }
        self.init(
            beforeID: beforeID,
            beforeTime: times.count == 3 ? Timestamp(microseconds: times[2]) : nil,
            start: Timestamp(microseconds: times[0]),
            end: Timestamp(microseconds: times[1])
        )
    }

    /// The cursor as the caller gets it.
    package var text: String {
        let place = "\(Self.version).\(beforeID).\(start.microseconds).\(end.microseconds)"
        return beforeTime.map { "\(place).\($0.microseconds)" } ?? place
    }
}
