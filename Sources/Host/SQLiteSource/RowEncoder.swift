internal import FoundationEssentials
internal import GatewayCore
internal import JSON

/// Writes one row as a JSON array.
///
/// SQLite lets any value stand in any column. A value the column's type does not fit is written as what it is: text as
/// a string, an integer or a real number as a number, a blob in base64.
struct RowEncoder {
    /// Documents in JSON columns may nest this deep; deeper ones cross as text.
    private static let documentLimits = JSONLimits(depth: 64, bytes: 64 << 20, refusesDuplicateNames: false)

    private var writer = JSONWriter()

    init() {
        writer.beginArray()
    }

    /// How much is written so far.
    var byteCount: Int { writer.bytes.count }

    /// Writes the next value.
    mutating func append(_ value: SQLiteValue, as type: SQLColumnType) {
        switch value {
        case .null: writer.writeNull()
        case .integer(let number): append(number, as: type)
        case .real(let number): append(number, as: type)
        case .text(let text): append(text, as: type)
        case .blob(let bytes): writer.write(Data(bytes).base64EncodedString())
        }
    }

    /// Ends the row.
    mutating func finish() -> [UInt8] {
        writer.endArray()
        return writer.bytes
    }

    private mutating func append(_ number: Int, as type: SQLColumnType) {
        switch type {
        case .bool where number == 0 || number == 1: writer.write(number == 1)
        case .decimal: writer.write(String(number))
        default: writer.write(number)
        }
    }

    private mutating func append(_ number: Double, as type: SQLColumnType) {
        guard type == .decimal, number.isFinite else { return writer.write(number) }
        writer.write(Int(exactly: number).map(String.init) ?? number.description)
    }

    private mutating func append(_ text: String, as type: SQLColumnType) {
        switch type {
        case .timestamp: writer.write(TimestampText.normalized(text) ?? text)
        case .json: appendDocument(text)
        case .bool: appendTruth(text)
        default: writer.write(text)
        }
    }

    private mutating func appendDocument(_ text: String) {
        let bytes = Array(text.utf8)
        if (try? JSONDocument(parsing: bytes, limits: Self.documentLimits)) != nil {
            writer.writeRaw(bytes)
        } else {
            writer.write(text)
        }
    }

    private mutating func appendTruth(_ text: String) {
        switch text.lowercased() {
        case "t", "true": writer.write(true)
        case "f", "false": writer.write(false)
        default: writer.write(text)
        }
    }
}
