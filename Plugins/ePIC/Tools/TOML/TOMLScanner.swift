/// Goes through the bytes of a document: white space, words and strings.
struct TOMLScanner {
    private let bytes: [UInt8]
    private var position = 0
    private var line = 1

    init(_ text: String) {
        bytes = Array(text.utf8)
    }

    var byte: UInt8? { position < bytes.count ? bytes[position] : nil }

    func fault(_ reason: String) -> TOMLFault { TOMLFault(line: line, reason: reason) }

    /// Whether this text stood next, which is then passed.
    mutating func take(_ text: StaticString) -> Bool {
        let wanted = Array(text.description.utf8)
        guard bytes[position...].starts(with: wanted) else { return false }
        position += wanted.count
        return true
    }

    /// The bytes that are of a kind, as a text.
    mutating func word(_ isPart: (UInt8) -> Bool) -> String {
        let start = position
        while let byte, isPart(byte) { position += 1 }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    static func isOfBareKey(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }

    // MARK: - White space

    mutating func skipSpaces() {
        while let byte, byte == 0x20 || byte == 0x09 { position += 1 }
    }

    /// Passes spaces, comments and ends of lines.
    mutating func skipBlankLines() throws(TOMLFault) {
        while true {
            skipSpaces()
            try skipComment()
            guard takeLineEnd() else { return }
        }
    }

    /// Passes what is left of a line, which is nothing but a comment.
    mutating func endLine() throws(TOMLFault) {
        skipSpaces()
        try skipComment()
        guard byte == nil || takeLineEnd() else { throw fault("there is more on the line than belongs there") }
    }

    private mutating func skipComment() throws(TOMLFault) {
        guard take("#") else { return }
        while let byte, byte != 0x0A, byte != 0x0D {
            guard byte >= 0x20 && byte != 0x7F || byte == 0x09 else {
                throw fault("a comment holds a control character")
            }
            position += 1
        }
    }

    private mutating func takeLineEnd() -> Bool {
        guard take("\n") || take("\r\n") else { return false }
        line += 1
        return true
    }

    // MARK: - Strings

    mutating func literalString() throws(TOMLFault) -> String {
        _ = take("'")
        let text = word { $0 != UInt8(ascii: "'") && Self.isOfString($0) }
        guard take("'") else { throw fault("a string does not end on its line") }
        return text
    }

    mutating func basicString() throws(TOMLFault) -> String {
        _ = take("\"")
        var text: [UInt8] = []
        while let byte, byte != UInt8(ascii: "\""), Self.isOfString(byte) {
            position += 1
            if byte == UInt8(ascii: "\\") { text += try escape() } else { text.append(byte) }
        }
        guard take("\"") else { throw fault("a string does not end on its line") }
        return String(decoding: text, as: UTF8.self)
    }

    mutating func longLiteralString() throws(TOMLFault) -> String {
        _ = takeLineEnd()
        var text: [UInt8] = []
        while !take("'''") { text.append(try longStringByte()) }
        // Up to two more quotes before the end belong to the text.
        while take("'") { text.append(UInt8(ascii: "'")) }
        return String(decoding: text, as: UTF8.self)
    }

    mutating func longBasicString() throws(TOMLFault) -> String {
        _ = takeLineEnd()
        var text: [UInt8] = []
        while !take("\"\"\"") {
            let byte = try longStringByte()
            guard byte == UInt8(ascii: "\\") else {
                text.append(byte)
                continue
            }
            if try skipContinuation() { continue }
            text += try escape()
        }
        while take("\"") { text.append(UInt8(ascii: "\"")) }
        return String(decoding: text, as: UTF8.self)
    }

    /// A backslash at the end of a line joins it with what comes next.
    private mutating func skipContinuation() throws(TOMLFault) -> Bool {
        let (start, startLine) = (position, line)
        skipSpaces()
        guard takeLineEnd() else {
            (position, line) = (start, startLine)
            return false
        }
        repeat { skipSpaces() } while takeLineEnd()
        return true
    }

    private mutating func longStringByte() throws(TOMLFault) -> UInt8 {
        if takeLineEnd() { return 0x0A }
        guard let byte, Self.isOfString(byte) else {
            throw fault("a string does not end, or holds a control character")
        }
        position += 1
        return byte
    }

    private static func isOfString(_ byte: UInt8) -> Bool { byte == 0x09 || (byte >= 0x20 && byte != 0x7F) }

    private mutating func escape() throws(TOMLFault) -> [UInt8] {
        guard let byte else { throw fault("a string does not end") }
        position += 1
        switch byte {
        case UInt8(ascii: "b"): return [0x08]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "n"): return [0x0A]
        case UInt8(ascii: "f"): return [0x0C]
        case UInt8(ascii: "r"): return [0x0D]
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): return [byte]
        case UInt8(ascii: "u"): return try scalar(4)
        case UInt8(ascii: "U"): return try scalar(8)
        default: throw fault("a string holds an escape that there is not")
        }
    }

    private mutating func scalar(_ digits: Int) throws(TOMLFault) -> [UInt8] {
        let end = position + digits
        guard end <= bytes.count else { throw fault("an escape is cut off") }
        let text = String(decoding: bytes[position..<end], as: UTF8.self)
        guard text.utf8.count == digits, !text.hasPrefix("+"), !text.hasPrefix("-"),
            let value = UInt32(text, radix: 16), let scalar = Unicode.Scalar(value)
        else { throw fault("an escape is none of a character") }
        position = end
        return Array(String(Character(scalar)).utf8)
    }
}
