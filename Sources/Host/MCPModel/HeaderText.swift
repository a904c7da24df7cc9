/// How text stands in the header fields `Mcp-Name` and `Mcp-Param-*` (2026-07-28 basic/transports, "Value encoding").
///
/// Printable ASCII without spaces at its ends stands as it is; anything else, and text that looks encoded, is
/// `=?base64?…?=` around the Base64 (RFC 4648 section 4) of its UTF-8.
package enum HeaderText {
    private static let opening = "=?base64?"
    private static let closing = "?="

    /// The text of a field's value, or nil when it looks encoded but is not well encoded.
    package static func decoded(_ value: String) -> String? {
        let trimmed = trimmed(value)
        guard isMarked(trimmed) else { return trimmed }
        let inner = trimmed.utf8.dropFirst(opening.utf8.count).dropLast(closing.utf8.count)
        guard let bytes = Base64.decoded(inner) else { return nil }
        return String(validating: bytes, as: UTF8.self)
    }

    /// The field's value for a text.
    package static func encoded(_ text: String) -> String {
        let isPlain = text.utf8.allSatisfy { (0x20...0x7E).contains($0) } && trimmed(text) == text && !isMarked(text)
        return isPlain ? text : opening + Base64.encoded(Array(text.utf8)) + closing
    }

    private static func isMarked(_ value: String) -> Bool {
        value.utf8.count >= opening.utf8.count + closing.utf8.count && value.hasPrefix(opening)
            && value.hasSuffix(closing)
    }

    /// Without the optional white space around a field's value (RFC 9110 section 5.5).
    package static func trimmed(_ value: String) -> String {
        let isSpace: (UInt8) -> Bool = { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
        guard let first = value.utf8.first, let last = value.utf8.last, isSpace(first) || isSpace(last) else {
            return value
        }
        let start = value.utf8.firstIndex { !isSpace($0) } ?? value.endIndex
        let end = value.utf8.lastIndex { !isSpace($0) }.map(value.utf8.index(after:)) ?? start
        return String(value[start..<end])
    }
}
