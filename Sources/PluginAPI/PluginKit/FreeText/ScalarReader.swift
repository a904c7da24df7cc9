/// Reads the characters of a text one by one, from its bytes.
struct ScalarReader {
    private let bytes: [UInt8]
    private(set) var position = 0

    init(_ text: String) {
        bytes = Array(text.utf8)
    }

    /// The character that `next` will give; nil at the end.
    func peek() -> UInt32? {
        guard position < bytes.count else { return nil }
        let first = UInt32(bytes[position])
        // A string holds nothing but well-formed UTF-8.
        switch first {
        case 0..<0x80: return first
        case 0..<0xE0: return (first & 0x1F) << 6 | following(1)
        case 0..<0xF0: return (first & 0x0F) << 12 | following(1) << 6 | following(2)
        default: return (first & 0x07) << 18 | following(1) << 12 | following(2) << 6 | following(3)
        }
    }

    mutating func next() -> UInt32? {
        guard let scalar = peek() else { return nil }
        position += scalar < 0x80 ? 1 : scalar < 0x800 ? 2 : scalar < 0x1_0000 ? 3 : 4
        return scalar
    }

    /// Passes over at most so many bytes that are ordinary characters of ASCII each, and says which they are.
    mutating func run(limit: Int) -> ArraySlice<UInt8> {
        let start = position
        let end = limit < bytes.count - start ? start + limit : bytes.count
        while position < end, Self.isOrdinary[Int(bytes[position])] { position += 1 }
        return bytes[start..<position]
    }

    /// The bytes of ASCII that need no second look in any place: printable ones but the bracket, tabs and line feeds.
    private static let isOrdinary: [Bool] = (0...UInt8.max).map { byte in
        byte == 0x09 || byte == 0x0A || (0x20...0x7E).contains(byte) && byte != UInt8(ascii: "[")
    }

    /// Passes over the next character when it is one of these.
    mutating func skip(_ range: ClosedRange<UInt32>) -> Bool {
        guard let scalar = peek(), range.contains(scalar) else { return false }
        _ = next()
        return true
    }

    static func append(_ scalar: UInt32, to bytes: inout [UInt8]) {
        if scalar < 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: scalar))
        } else if let scalar = Unicode.Scalar(scalar) {
            bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
        }
    }

    private func following(_ offset: Int) -> UInt32 {
        position + offset < bytes.count ? UInt32(bytes[position + offset] & 0x3F) : 0
    }
}
