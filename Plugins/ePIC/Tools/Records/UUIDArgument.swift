import PluginKit

/// Reads the identifiers of files and messages.
enum UUIDArgument {
    /// The identifier in lower case, or nil when none is given.
    /// - Throws: `ToolError` with `invalid_argument` for text that is no UUID.
    static func uuid(_ text: String?, _ name: String) throws(ToolError) -> String? {
        guard let text = text.given else { return nil }
        guard isUUID(text) else {
            throw ToolError(
                .invalidArgument,
                "\(name): must be a UUID such as 0e0e0e0e-0000-4000-8000-000000000001."
            )
        }
        return text.lowercased()
    }

    /// Whether the text is 32 hexadecimal digits in groups of 8, 4, 4, 4 and 12.
    static func isUUID(_ text: String) -> Bool {
        let groups = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        return groups.map(\.count) == [8, 4, 4, 4, 12]
            && groups.allSatisfy { $0.allSatisfy { Character(Unicode.Scalar($0)).isHexDigit } }
    }
}

extension String? {
    /// The text, unless there is none in it: an empty argument counts as none.
    var given: String? { flatMap { $0.isEmpty ? nil : $0 } }
}
