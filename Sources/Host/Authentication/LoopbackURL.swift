/// Tells URLs of this machine from all others.
package enum LoopbackURL {
    /// Whether the host of an `http` or `https` URL is `localhost`, an address in 127.0.0.0/8 or `[::1]`.
    ///
    /// Only the plain spellings count; whatever a resolver might also take for loopback does not.
    package static func isLoopback(_ url: String) -> Bool {
        let lowered = url.lowercased()
        guard let scheme = ["http://", "https://"].first(where: lowered.hasPrefix) else { return false }
        let authority = lowered.dropFirst(scheme.count).prefix { !"/?#\\".contains($0) }
        guard !authority.contains("@"), let host = host(of: authority) else { return false }
        return host == "localhost" || host == "[::1]" || isLoopbackAddress(host)
    }

    /// The authority without its port; nil when the port is none.
    private static func host(of authority: Substring) -> Substring? {
        let end: Substring.Index
        if authority.first == "[" {
            guard let bracket = authority.firstIndex(of: "]") else { return nil }
            end = authority.index(after: bracket)
        } else {
            end = authority.firstIndex(of: ":") ?? authority.endIndex
        }
        let port = authority[end...]
        guard !port.isEmpty else { return authority[..<end] }
        guard port.first == ":", UInt16(port.dropFirst()) != nil else { return nil }
        return authority[..<end]
    }

    private static func isLoopbackAddress(_ host: Substring) -> Bool {
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        let isAddress = parts.count == 4 && parts.allSatisfy { part in UInt8(part).map { String($0) == part } ?? false }
        return isAddress && parts[0] == "127"
    }
}
