/// How serious a message to a caller is: the words of RFC 5424 section 6.2.1, as MCP has them.
package enum Severity: Int, Hashable, Sendable, CaseIterable {
    case debug, info, notice, warning, error, critical, alert, emergency

    /// Reads the word; nil for any other.
    package init?(name: String) {
        guard let severity = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = severity
    }

    /// The word on the wire.
    package var name: String { "\(self)" }
}

extension Severity: Comparable {
    package static func < (left: Severity, right: Severity) -> Bool { left.rawValue < right.rawValue }
}
