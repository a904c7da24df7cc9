/// One destination, or several alike, that messages may be sent to.
///
/// A star at the end stands for one part of a name: letters, digits, `_` and `-`, at least one of them. What separates
/// names, lists them or asks for more (`.`, `/`, `,`, `?`, `>`) is never in it.
package struct DestinationRule: Hashable, Sendable {
    /// The longest destination, in bytes.
    package static let longest = 255

    private let start: String
    private let isOpen: Bool

    /// Reads a rule; nil unless it is printable ASCII without spaces, with a star at its end at most.
    package init?(_ text: String) {
        isOpen = text.utf8.last == UInt8(ascii: "*")
        start = isOpen ? String(text.dropLast()) : text
        guard !start.isEmpty, text.utf8.count <= Self.longest,
            start.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "*") })
        else { return nil }
    }

    /// Whether messages may be sent there.
    package func allows(_ destination: String) -> Bool {
        guard isOpen else { return destination == start }
        guard destination.utf8.count <= Self.longest, destination.utf8.starts(with: start.utf8) else { return false }
        let rest = destination.utf8.dropFirst(start.utf8.count)
        return !rest.isEmpty && rest.allSatisfy(Self.isOfPart)
    }

    private static func isOfPart(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}
