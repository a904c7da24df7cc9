/// A column as it is declared.
package struct SampleColumn: Hashable, Sendable {
    package let name: String
    /// The declared type in PostgreSQL's words, such as `varchar(64)` or `timestamptz`.
    package let type: String
    package let isNullable: Bool
    /// What a row that does not name the column holds; null without one.
    package let fallback: SampleValue

    /// Reads `name type! = default`, or nothing from blank text.
    init?(notation: Substring) {
        let halves = notation.split(separator: "=", maxSplits: 1)
        guard let head = halves.first?.trimmed(), let space = head.firstIndex(of: " ") else { return nil }
        name = String(head[..<space])
        var type = head[head.index(after: space)...]
        isNullable = type.last != "!"
        if !isNullable { type = type.dropLast() }
        self.type = String(type)
        fallback = halves.count == 2 ? Self.value(of: halves[1].trimmed(), type: type) : .null
    }

    /// Whether the type is a point in time, with or without zone.
    package var holdsTime: Bool { type == "timestamp" || type == "timestamptz" }

    private static func value(of text: Substring, type: Substring) -> SampleValue {
        if text == "epoch" { return .time(SampleInstant(microseconds: 0)) }
        if type.hasPrefix("varchar") { return .text(String(text)) }
        return Int(text).map { .integer($0) } ?? .text(String(text))
    }
}
