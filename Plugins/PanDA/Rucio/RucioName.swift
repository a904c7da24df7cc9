package import PluginKit

/// Names that go into the path of a request to Rucio.
package enum RucioName {
    /// The name of a data identifier with its scope.
    package struct DID: Hashable, Sendable {
        let scope: String
        let name: String

        package var text: String { "\(scope):\(name)" }
        /// `/dids/scope/name`, with a prefix of its own.
        func path(below prefix: String) -> String {
            "/\(prefix)/\(RucioName.encoded(scope))/\(RucioName.encoded(name, keeping: "/"))"
        }

        init?(scope: String, name: String) {
            guard RucioName.isPlain(scope), RucioName.isName(name) else { return nil }
            self.scope = scope
            self.name = name
        }

        /// Reads `scope:name`.
        package init(_ text: String) throws(ToolError) {
            let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, let did = DID(scope: String(parts[0]), name: String(parts[1])) else {
                throw ToolError(
                    .invalidArgument,
                    "did: must be scope:name, such as mc23:mc23.ttbar.AOD, without spaces.",
                    hint: "Find names with rucio_find_dids."
                )
            }
            self = did
        }
    }

    static let longestName = 500

    static let didSchema = Schema.string("As scope:name.", maximumLength: longestName + 65)

    /// Whether a text is the name of a scope, an account or a storage element.
    static func isPlain(_ text: String) -> Bool {
        (1...64).contains(text.utf8.count) && text.utf8.allSatisfy { isWordByte($0) || $0 == UInt8(ascii: ".") }
            && text.utf8.contains(where: isWordByte)
    }

    /// Whether a text is a name: no part of its path leads elsewhere.
    static func isName(_ text: String) -> Bool {
        (1...longestName).contains(text.utf8.count)
            && text.utf8.allSatisfy { (0x21...0x7E).contains($0) && !"%?#\\\"<>".utf8.contains($0) }
            && text.split(separator: "/", omittingEmptySubsequences: false).allSatisfy {
                !["", ".", ".."].contains($0)
            }
    }

    /// Percent-encoding as RFC 3986 section 2 has it.
    static func encoded(_ text: String, keeping kept: String = "") -> String {
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            if isWordByte(byte) || ".~".utf8.contains(byte) || kept.utf8.contains(byte) {
                bytes.append(byte)
            } else {
                bytes += [UInt8(ascii: "%"), digit(byte >> 4), digit(byte & 15)]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "A") + value - 10
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
            || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || "_-".utf8.contains(byte)
    }
}
