internal import FoundationEssentials
internal import GatewayCore
internal import JSON

/// Writes one row as a JSON array, from the texts the server sends.
struct RowEncoder {
    /// Documents in JSON columns may nest this deep; deeper ones cross as text.
    private static let documentLimits = JSONLimits(depth: 64, bytes: 64 << 20, refusesDuplicateNames: false)

    private var writer = JSONWriter()

    init() {
        writer.beginArray()
    }

    /// How much is written so far.
    var byteCount: Int { writer.bytes.count }

    /// Writes the next value; nil is null.
    mutating func append(_ text: String?, as type: SQLColumnType) {
        guard let text else { return writer.writeNull() }
        switch type {
        case .int: writer.writeRaw(text.utf8)
        case .double: appendDouble(text)
        case .bool: writer.write(text == "t")
        case .timestamp: writer.write(ServerTimestamp.normalized(text) ?? text)
        case .json: appendDocument(text)
        case .bytes: appendBytes(text)
        case .decimal, .text: writer.write(text)
        }
    }

    /// Ends the row.
    mutating func finish() -> [UInt8] {
        writer.endArray()
        return writer.bytes
    }

    /// The server writes doubles as JSON does, but for `NaN` and `Infinity`, which become null.
    private mutating func appendDouble(_ text: String) {
        guard let last = text.utf8.last, (0x30...0x39).contains(last) else { return writer.writeNull() }
        writer.writeRaw(text.utf8)
    }

    private mutating func appendDocument(_ text: String) {
        let bytes = Array(text.utf8)
        if (try? JSONDocument(parsing: bytes, limits: Self.documentLimits)) != nil {
            writer.writeRaw(bytes)
        } else {
            writer.write(text)
        }
    }

    /// Bytes come as `\x` and two digits each (`bytea_output=hex`).
    private mutating func appendBytes(_ text: String) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count / 2)
        var high: UInt8?
        for digit in text.utf8.dropFirst(2) {
            let value = digit <= UInt8(ascii: "9") ? digit &- UInt8(ascii: "0") : digit &- UInt8(ascii: "a") &+ 10
            if let first = high {
                bytes.append(first << 4 | value & 0xF)
                high = nil
            } else {
                high = value & 0xF
            }
        }
        writer.write(Data(bytes).base64EncodedString())
    }
}
