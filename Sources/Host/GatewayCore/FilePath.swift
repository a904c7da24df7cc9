/// Where a file lies below a folder, one of the whole site or one of each user.
package struct FilePath: Hashable, Sendable {
    /// What stands in the place of the user's name.
    package static let placeholder = "{user}"
    /// The longest name of a user, in bytes.
    package static let longestUser = 64

    private let text: String

    /// Reads a path; nil unless it is relative, of plain names joined by slashes, each with the placeholder once at most.
    package init?(_ text: String) {
        let names = text.split(separator: "/", omittingEmptySubsequences: false)
        for name in names {
            let parts = name.split(separator: Self.placeholder, omittingEmptySubsequences: false)
            guard !["", ".", ".."].contains(name), parts.count <= 2,
                !parts.contains(where: { $0.utf8.contains(where: Self.isForbidden) })
            else { return nil }
        }
        self.text = text
    }

    /// Whether each user has a file of its own.
    package var isOfUser: Bool { text.contains(Self.placeholder) }

    /// The path for a user; nil when it needs one and the name is none that can be in a path.
    ///
    /// A name is made of letters, digits, `-`, `_` and `.`, and begins with a letter or digit: it never leads out of its
    /// place.
    package func path(of user: String?) -> String? {
        guard isOfUser else { return text }
        guard let user, (1...Self.longestUser).contains(user.utf8.count), user.utf8.allSatisfy(Self.isOfName),
            let first = user.utf8.first, Self.isAlphanumeric(first)
        else { return nil }
        return text.split(separator: Self.placeholder, omittingEmptySubsequences: false).joined(separator: user)
    }

    private static func isForbidden(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == 0x7F || byte == UInt8(ascii: "{") || byte == UInt8(ascii: "}")
    }

    private static func isOfName(_ byte: UInt8) -> Bool {
        isAlphanumeric(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".")
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
