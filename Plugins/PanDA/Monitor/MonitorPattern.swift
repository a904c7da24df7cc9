/// A filter as callers write it: exact, or a pattern when it holds `%`.
///
/// The monitor's own marks are `*` for any text, `|` between alternatives and `!` for all others. What a caller writes
/// shall not be taken for one, so the monitor is asked for what may fit, and what it sends is looked at once more.
struct MonitorPattern: Hashable, Sendable {
    private let text: String

    /// Takes a filter; nil when there is none.
    init?(_ text: String?) {
        guard let text, !text.isEmpty else { return nil }
        self.text = text
    }

    /// What to ask the monitor for: at least everything that matches.
    var query: String {
        String(text.map { "%|!,*".contains($0) ? "*" : $0 })
    }

    /// Whether a value is what the caller wants.
    func matches(_ value: String?) -> Bool {
        let value = value ?? ""
        guard text.contains("%") else { return value == text }
        let parts = text.split(separator: "%", omittingEmptySubsequences: false)
        guard let first = parts.first, let last = parts.last, value.hasPrefix(first) else { return false }
        var rest = value.dropFirst(first.count)
        for part in parts.dropFirst().dropLast() where !part.isEmpty {
            guard let found = rest.firstRange(of: part) else { return false }
            rest = rest[found.upperBound...]
        }
        return rest.hasSuffix(last)
    }

    /// Whether a value passes a filter that may be absent.
    static func passes(_ value: String?, _ pattern: MonitorPattern?) -> Bool {
        pattern.map { $0.matches(value) } ?? true
    }
}
