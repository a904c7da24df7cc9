/// Takes links and images out of a line of Markdown and leaves their words.
enum MarkdownInline {
    private static let longestTarget = 1024
    private static let deepest = 16

    static func plain(_ line: String) -> String {
        guard line.utf8.contains(UInt8(ascii: "[")) else { return line }
        var result: [UInt8] = []
        let bytes = Array(line.utf8)
        /// Where the words of links that are still open begin in the result.
        var open: [Int] = []
        var position = 0
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            if byte == UInt8(ascii: "[") {
                if result.last == UInt8(ascii: "!") { result.removeLast() }
                if open.count < deepest { open.append(result.count) }
                result.append(byte)
            } else if byte == UInt8(ascii: "]"), let start = open.popLast(), let end = target(bytes, position) {
                result.remove(at: start)
                position = end
            } else {
                result.append(byte)
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// Past `(address)` or `[reference]` that begins at a place; nil when none does.
    private static func target(_ bytes: [UInt8], _ start: Int) -> Int? {
        guard start < bytes.count else { return nil }
        let closing: UInt8
        switch bytes[start] {
        case UInt8(ascii: "("): closing = UInt8(ascii: ")")
        case UInt8(ascii: "["): closing = UInt8(ascii: "]")
        default: return nil
        }
        let limit = min(bytes.count, start + longestTarget)
        return bytes[(start + 1)..<limit].firstIndex(of: closing).map { $0 + 1 }
    }
}
