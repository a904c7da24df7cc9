/// Looks for the bytes of a string that need care, many at a time.
enum PlainRun {
    /// How many bytes are looked at together; the compiler makes few instructions of it.
    private static let width = 16

    /// The first position from `start` on of a quotation mark, a backslash or a control character; the end when there is none.
    @inline(__always)
    static func end(in text: Span<UInt8>, from start: Int) -> Int {
        var position = start
        while position + width <= text.count {
            let block = text.extracting(position..<position + width)
            var found: UInt8 = 0
            for offset in 0..<width { found |= mark(block[offset]) }
            if found != 0 { break }
            position += width
        }
        while position < text.count, mark(text[position]) == 0 { position += 1 }
        return position
    }

    /// 0 for a byte that stands for itself.
    @inline(__always)
    private static func mark(_ byte: UInt8) -> UInt8 {
        (byte < 0x20 ? 1 : 0) | (byte == UInt8(ascii: "\"") ? 1 : 0) | (byte == UInt8(ascii: "\\") ? 1 : 0)
    }
}
