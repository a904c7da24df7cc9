import PluginKit

/// Names that become a part of a file's or a queue's name at the other side.
enum ControlName {
    /// Letters, digits, `-`, `_` and `.`, beginning with a letter or digit.
    static func check(_ text: String?, _ argument: String) throws(ToolError) {
        guard let text = text.given else { return }
        guard text.utf8.count <= 100, let first = text.utf8.first, isAlphanumeric(first),
            text.utf8.allSatisfy({
                isAlphanumeric($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: ".")
            })
        else {
            throw ToolError(
                .invalidArgument,
                "\(argument): must be a name of letters, digits, -, _ and . that begins with a letter or digit."
            )
        }
    }

    /// Whether a user's name can be the end of a queue's: letters, digits, `-` and `_`.
    static func isPartOfQueue(_ text: String) -> Bool {
        (1...64).contains(text.utf8.count)
            && text.utf8.allSatisfy { isAlphanumeric($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") }
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"):
            true
        default: false
        }
    }
}
