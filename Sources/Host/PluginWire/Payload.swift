/// Writes a frame: its head, then its parts.
struct FrameWriter {
    private(set) var bytes: [UInt8]

    init(_ kind: Frame.Kind, flags: UInt16 = 0, call: UInt64 = 0, code: UInt32 = 0, capacity: Int = 0) {
        bytes = []
        bytes.reserveCapacity(Frame.headBytes + capacity)
        bytes.appendLittleEndian(UInt32(0))
        bytes.appendLittleEndian(kind.rawValue)
        bytes.appendLittleEndian(flags)
        bytes.appendLittleEndian(call)
        bytes.appendLittleEndian(code)
    }

    mutating func write(_ number: some FixedWidthInteger) { bytes.appendLittleEndian(number) }
    mutating func write(_ more: some Collection<UInt8>) { bytes.append(contentsOf: more) }

    /// Bytes with their count before them.
    mutating func writeCounted(_ more: some Collection<UInt8>) {
        write(UInt32(truncatingIfNeeded: more.count))
        write(more)
    }

    /// The whole frame, with its length.
    consuming func frame() -> [UInt8] {
        let length = UInt32(truncatingIfNeeded: bytes.count - Frame.headBytes)
        for index in 0..<4 { bytes[index] = UInt8(truncatingIfNeeded: length >> (8 * index)) }
        return bytes
    }
}

/// Reads the parts of a payload.
struct PayloadReader {
    private let kind: Frame.Kind
    private var left: ArraySlice<UInt8>

    init(_ frame: Frame) {
        kind = frame.kind
        left = frame.payload
    }

    mutating func number<Number: FixedWidthInteger>() throws(FrameError) -> Number {
        var number: Number = 0
        for (index, byte) in try bytes(Number.bitWidth / 8).enumerated() {
            number |= Number(truncatingIfNeeded: byte) << (8 * index)
        }
        return number
    }

    mutating func bytes(_ count: Int) throws(FrameError) -> ArraySlice<UInt8> {
        guard left.count >= count else { throw .tooShort(kind) }
        defer { left = left.dropFirst(count) }
        return left.prefix(count)
    }

    /// Bytes with their count before them.
    mutating func counted() throws(FrameError) -> ArraySlice<UInt8> {
        let count: UInt32 = try number()
        return try bytes(Int(count))
    }

    /// Text with the count of its bytes before it, repaired to UTF-8.
    mutating func text() throws(FrameError) -> String { String(decoding: try counted(), as: UTF8.self) }

    /// All that is left.
    var rest: ArraySlice<UInt8> { left }
}
