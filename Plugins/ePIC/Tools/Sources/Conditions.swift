import JSON
import PluginKit

/// Collects the conditions of a statement and numbers their parameters.
///
/// Only what SQLite and PostgreSQL both understand: a bare `$n` stands on one side of each comparison, so that
/// PostgreSQL takes its type from the column on the other side. A number is said to be a `bigint`, for one that is
/// too large for the column is in no row, and no error.
struct Conditions: Hashable, Sendable {
    private(set) var parameters: [JSONValue] = []
    private var texts: [String] = []

    /// All conditions joined; true when there is none.
    var text: String { texts.isEmpty ? "1 = 1" : texts.joined(separator: " AND ") }

    /// Numbers a value; gives the place that stands for it.
    mutating func bind(_ value: JSONValue) -> String {
        parameters.append(value)
        return "$\(parameters.count)"
    }

    /// Adds a condition whose values are bound already.
    mutating func add(_ text: String) {
        texts.append(text)
    }

    /// The column has this value; nothing is added for nil.
    mutating func equal(_ column: String, _ value: JSONValue?) {
        guard let value else { return }
        let place = bind(value)
        add("\(column) = \(value.integer == nil ? place : "CAST(\(place) AS bigint)")")
    }

    /// The column has one of these values; nothing can match an empty list.
    mutating func oneOf(_ column: String, _ values: [JSONValue]) {
        guard !values.isEmpty else { return add("1 = 0") }
        let places = values.map { bind($0) }
        add("\(column) IN (\(places.joined(separator: ", ")))")
    }

    /// The column has none of these values.
    mutating func noneOf(_ column: String, _ values: [JSONValue]) {
        guard !values.isEmpty else { return }
        let places = values.map { bind($0) }
        add("\(column) NOT IN (\(places.joined(separator: ", ")))")
    }

    /// The column has this text, or fits it as a pattern when it holds `%`; nothing is added for nil or nothing.
    ///
    /// `within` may put the condition into a larger one.
    mutating func like(_ column: String, _ value: String?, within larger: (String) -> String = { $0 }) {
        guard let value, !value.isEmpty else { return }
        let isPattern = value.contains("%")
        let place = bind(.string(isPattern ? Self.pattern(value) : value))
        add(larger(isPattern ? "\(column) LIKE \(place) ESCAPE '!'" : "\(column) = \(place)"))
    }

    /// The column holds this text somewhere, or fits it as a pattern when it holds `%`.
    mutating func containing(_ column: String, _ value: String?) {
        guard let value, !value.isEmpty else { return }
        like(column, value.contains("%") ? value : "%\(value)%")
    }

    /// The column begins with this very text.
    mutating func beginning(_ column: String, _ value: String) {
        guard !value.isEmpty else { return }
        let pattern = Self.pattern(value, isLiteral: true) + "%"
        add("\(column) LIKE \(bind(.string(pattern))) ESCAPE '!'")
    }

    /// The column holds this very text somewhere, in upper or lower case.
    mutating func mentioning(_ column: String, _ value: String?) {
        guard let value, !value.isEmpty else { return }
        let pattern = "%" + Self.pattern(value, isLiteral: true) + "%"
        add("LOWER(\(column)) LIKE LOWER(\(bind(.string(pattern)))) ESCAPE '!'")
    }

    /// `_` is a character like any other: names are full of it.
    private static func pattern(_ value: String, isLiteral: Bool = false) -> String {
        var pattern = ""
        for scalar in value.unicodeScalars {
            if scalar == "_" || scalar == "!" || (isLiteral && scalar == "%") { pattern += "!" }
            pattern.unicodeScalars.append(scalar)
        }
        return pattern
    }
}
