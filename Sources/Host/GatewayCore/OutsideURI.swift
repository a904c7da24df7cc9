/// How the URI of a plugin's resource looks outside: `epic+panda://job/1` for `panda://job/1` of `epic`.
///
/// The namespace becomes part of the scheme (RFC 3986 section 3.1 allows `+`), so a template stays a template. Only the
/// addresses of user interfaces keep theirs, for clients take no other (MCP Apps, "UI resources"): `ui://epic/jobs` for
/// `ui://jobs` of `epic`.
package enum OutsideURI {
    private static let interface = "ui://"

    /// The outside form of a local URI or template.
    package static func outside(_ local: String, of namespace: String) -> String {
        isInterface(local) ? interface + namespace + "/" + local.dropFirst(interface.count) : namespace + "+" + local
    }

    /// Whether a local or outside URI is that of a user interface.
    package static func isInterface(_ uri: String) -> Bool { uri.utf8.starts(with: interface.utf8) }

    /// The namespace and the local form; nil when the text has no namespace in its place.
    ///
    /// An interface is found under `epic+ui://jobs` as well, as everything else is.
    package static func split(_ outside: String) -> (namespace: String, local: String)? {
        if isInterface(outside) {
            let rest = outside.utf8.dropFirst(interface.utf8.count)
            guard let slash = rest.firstIndex(of: UInt8(ascii: "/")), slash != rest.startIndex else { return nil }
            return (String(outside[rest.startIndex..<slash]), interface + outside[rest.index(after: slash)...])
        }
        let scheme = outside.utf8.prefix { $0 != UInt8(ascii: ":") }
        guard scheme.endIndex != outside.utf8.endIndex, let plus = scheme.firstIndex(of: UInt8(ascii: "+")) else {
            return nil
        }
        let namespace = String(outside[..<plus])
        let local = String(outside[outside.utf8.index(after: plus)...])
        return namespace.isEmpty || local.isEmpty ? nil : (namespace, local)
    }

    /// Whether a local URI or template begins with a scheme (RFC 3986 section 3.1) and is printable ASCII.
    package static func isLocal(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")), colon > 0, bytes.count <= longest else {
            return false
        }
        let scheme = bytes[..<colon]
        return isLetter(scheme[0]) && scheme.allSatisfy(isSchemeByte) && bytes.allSatisfy { (0x21...0x7E).contains($0) }
    }

    /// The longest URI, in bytes.
    package static let longest = 2048

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    /// A `+` would look like a namespace before it.
    private static func isSchemeByte(_ byte: UInt8) -> Bool {
        isLetter(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "-")
            || byte == UInt8(ascii: ".")
    }
}
