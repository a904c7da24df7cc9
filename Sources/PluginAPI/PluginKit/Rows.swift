public import JSON

/// The rows of a query, with typed access by column name.
public struct Rows: Sendable, RandomAccessCollection {
    /// The column names in their order.
    public let columns: [String]
    /// Whether a limit cut the result: there may be more rows.
    public private(set) var isTruncated: Bool

    private let positions: [String: Int]
    private var pages: [[JSONValue]] = []

    init(_ reply: JSONNode) throws(ToolError) {
        guard let described = reply["columns"], described.kind == .array, reply["rows"]?.kind == .array else {
            throw Rows.malformed
        }
        columns = described.elements.map { $0["name"]?.string ?? "" }
        positions = Dictionary(columns.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        isTruncated = false
        try append(page: reply)
    }

    mutating func append(page: JSONNode) throws(ToolError) {
        guard let rows = page["rows"], rows.kind == .array else { throw Rows.malformed }
        for row in rows.elements {
            let values = row.elements.map(\.value)
            guard values.count == columns.count else { throw Rows.malformed }
            pages.append(values)
        }
        isTruncated = page["truncated"]?.bool ?? false
    }

    private static let malformed = ToolError(.internal, "The gateway answered in a form this plugin cannot read.")

    /// The first row.
    public var startIndex: Int { 0 }
    /// One past the last row.
    public var endIndex: Int { pages.count }

    /// The row at a position.
    public subscript(position: Int) -> Row {
        Row(values: pages[position], positions: positions)
    }
}

/// One row.
public struct Row: Sendable {
    let values: [JSONValue]
    let positions: [String: Int]

    /// The value of a column as JSON; null when there is no such column.
    public subscript(column: String) -> JSONValue {
        positions[column].map { values[$0] } ?? .null
    }

    /// An integer column; nil for null.
    public func integer(_ column: String) -> Int? {
        switch self[column] {
        case .string(let text): Int(text)
        case let value: value.integer
        }
    }

    /// A number column; nil for null.
    ///
    /// Decimals, which cross as text, are converted.
    public func number(_ column: String) -> Double? {
        switch self[column] {
        case .string(let text): Double(text)
        case let value: value.double
        }
    }

    /// A text column; nil for null.
    public func text(_ column: String) -> String? {
        switch self[column] {
        case .string(let text): text
        case .null: nil
        case let value: String(decoding: value.serialized, as: UTF8.self)
        }
    }

    /// A truth column; nil for null.
    public func bool(_ column: String) -> Bool? {
        switch self[column] {
        case .integer(let value): value != 0
        case let value: value.bool
        }
    }

    /// A time column in UTC; nil for null and for text that is no time.
    public func time(_ column: String) -> Timestamp? {
        text(column).flatMap(Timestamp.init)
    }
}
