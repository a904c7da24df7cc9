/// The prefix every request of a source stays below.
struct BaseURL: Hashable, Sendable {
    /// Without a slash at its end.
    let text: String

    /// Takes an absolute `http` or `https` URL; nil when it has user information, a query, a fragment, dot segments,
    /// empty segments, or a character that must be percent-encoded.
    ///
    /// What may be connected to is not decided here but by the client's egress policy, which reads the URL again.
    init?(_ text: String) {
        guard let end = text.range(ofAnyOf: ["https://", "http://"]) else { return nil }
        let rest = text[end...]
        let authority = rest.prefix { $0 != "/" }
        let path = rest.dropFirst(authority.count)
        guard !authority.isEmpty, authority.utf8.allSatisfy({ Self.isAuthority($0) }) else { return nil }
        guard path.isEmpty || (try? SourcePath(String(path), maximumBytes: .max))?.text == String(path) else {
            return nil
        }
        self.text = path.hasSuffix("/") ? String(text.dropLast()) : text
    }

    /// Whether nobody on the way sees what is sent: over TLS, or not beyond this machine.
    var isProtected: Bool {
        guard let end = text.range(ofAnyOf: ["http://"]) else { return true }
        let authority = text[end...].prefix { $0 != "/" }.lowercased()
        if authority.hasPrefix("[") { return authority == "[::1]" || authority.hasPrefix("[::1]:") }
        let host = authority.prefix { $0 != ":" }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        let isAddress = parts.count == 4 && parts.allSatisfy { UInt8($0) != nil }
        return host == "localhost" || isAddress && parts[0] == "127"
    }

    /// Letters, digits and the punctuation of names, ports and bracketed addresses; no `@`, so no user.
    private static func isAuthority(_ byte: UInt8) -> Bool {
        PercentEncoding.isUnreserved(byte) || "[:]".utf8.contains(byte)
    }
}

extension String {
    /// Where the first of the prefixes ends that the text begins with, in any case.
    fileprivate func range(ofAnyOf prefixes: [String]) -> Index? {
        for prefix in prefixes where utf8.count > prefix.utf8.count {
            let start = self.prefix(prefix.utf8.count)
            if start.lowercased() == prefix { return start.endIndex }
        }
        return nil
    }
}
