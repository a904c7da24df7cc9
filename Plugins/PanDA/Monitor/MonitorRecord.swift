package import JSON
package import PluginKit

/// A record of the monitor, whose values come as numbers or text and are empty in more than one way.
package struct MonitorRecord: Sendable {
    private let node: JSONNode?

    package init(_ node: JSONNode?) {
        self.node = node
    }

    /// Whether there is nothing in it.
    package var isEmpty: Bool {
        guard let node, node.kind == .object else { return true }
        return !node.members.contains { _ in true }
    }

    /// Whether it has a member of that name, be it null.
    package func has(_ name: String) -> Bool {
        node?[name] != nil
    }

    /// The record a member holds; empty when there is none.
    package func record(_ name: String) -> MonitorRecord {
        MonitorRecord(node?[name])
    }

    /// The records in an array member; a single record counts as an array of one.
    package func records(_ name: String) -> [MonitorRecord] {
        guard let list = node?[name] else { return [] }
        return list.kind == .array ? list.elements.map(MonitorRecord.init) : [MonitorRecord(list)]
    }

    /// A text, cleaned; nil when it is empty or one of the monitor's words for that.
    package func text(_ name: String, limit: Int = 512) -> String? {
        guard let raw = node?[name] else { return nil }
        guard let text = raw.string ?? raw.numberLiteral else { return nil }
        let cleaned = UntrustedText.cleaned(text, limit: limit)
        return ["", "Not specified", "Unknown", "null", "None"].contains(cleaned) ? nil : cleaned
    }

    /// A whole number, also from text or a number with a fraction, which is rounded.
    ///
    /// What is larger than anything a monitor counts is nothing: sums of as many as an answer holds stay numbers.
    package func integer(_ name: String) -> Int? {
        guard let raw = node?[name] else { return nil }
        let value =
            raw.integer ?? raw.string.flatMap { Int($0) }
            ?? (raw.double ?? raw.string.flatMap(Double.init)).flatMap { Int(exactly: $0.rounded()) }
        return value.flatMap { Self.countable.contains($0) ? $0 : nil }
    }

    private static let countable = -(1 << 44)...(1 << 44)

    /// A whole number above zero: the monitor writes zero where it means "not known".
    package func count(_ name: String) -> Int? {
        integer(name).flatMap { $0 > 0 ? $0 : nil }
    }

    /// A time in UTC, with a space or `T` before the hour; nil for text that is no time.
    package func time(_ name: String) -> Timestamp? {
        node?[name]?.string.flatMap(Timestamp.init)
    }
}
