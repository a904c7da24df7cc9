/// Why bytes are not an acceptable JSON text, and where.
public struct JSONParseError: Error, Hashable, Sendable {
    /// The kinds of fault.
    public enum Kind: Hashable, Sendable {
        /// The text ends before the value does.
        case unexpectedEnd
        /// A byte that cannot stand here.
        case unexpectedByte(UInt8)
        /// A number not written as RFC 8259 section 6 says.
        case invalidNumber
        /// A backslash sequence that does not exist, or half of a surrogate pair.
        case invalidEscape
        /// A control character inside a string that is not escaped.
        case controlCharacter
        /// Bytes that are not UTF-8 (RFC 8259 section 8.1).
        case invalidUTF8
        /// Arrays and objects nested deeper than the limit.
        case tooDeep(limit: Int)
        /// More bytes than the limit.
        case tooLarge(limit: Int)
        /// An object names a member twice.
        case duplicateName(String)
        /// Something follows the value.
        case trailingBytes
    }

    /// What is wrong.
    public let kind: Kind
    /// Where, in bytes from the start of the text.
    public let offset: Int

    /// Creates an error.
    public init(_ kind: Kind, at offset: Int) {
        self.kind = kind
        self.offset = offset
    }
}

extension JSONParseError: CustomStringConvertible {
    /// One sentence, safe to show: it quotes no more than a member's name.
    public var description: String {
        let what =
            switch kind {
            case .unexpectedEnd: "the text ends in the middle of a value"
            case .unexpectedByte: "unexpected character"
            case .invalidNumber: "malformed number"
            case .invalidEscape: "malformed escape sequence in a string"
            case .controlCharacter: "unescaped control character in a string"
            case .invalidUTF8: "the text is not UTF-8"
            case .tooDeep(let limit): "nested deeper than \(limit) levels"
            case .tooLarge(let limit): "longer than \(limit) bytes"
            case .duplicateName(let name): "member \"\(name.prefix(64))\" is given twice"
            case .trailingBytes: "something follows the value"
            }
        return "\(what) at byte \(offset)"
    }
}
