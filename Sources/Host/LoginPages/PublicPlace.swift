import HTTPServer

/// Where the outside sees the gateway; nothing of it is derived from a request.
package struct PublicPlace: Hashable, Sendable {
    /// The public URL, without a slash at its end.
    package let root: String
    /// Scheme, host and port.
    package let origin: String
    /// Host and port.
    package let authority: String
    /// The path below which everything lies; empty for none.
    package let prefix: String
    /// The host names that requests may carry besides, without port: those of the site, and what a proxy calls us.
    package let hosts: Set<String>
    /// What every page says at its top; nil for nothing.
    package let notice: String?

    package init(
        root: String,
        origin: String,
        authority: String,
        prefix: String,
        hosts: Set<String>,
        notice: String? = nil
    ) {
        self.root = root
        self.origin = origin
        self.authority = authority
        self.prefix = prefix
        self.hosts = hosts
        self.notice = notice
    }

    var isSecure: Bool { origin.hasPrefix("https://") }

    /// Whether a request names this host, once (DNS rebinding).
    func isMeant(by request: HTTPRequest) -> Bool {
        let sent = request.headers.values("Host")
        guard sent.count == 1 else { return false }
        let host = sent[0].lowercased()
        guard host != authority, let colon = host.lastIndex(of: ":"), !host.hasSuffix("]") else {
            return host == authority || hosts.contains(host)
        }
        return hosts.contains(String(host[..<colon])) && UInt16(host[host.index(after: colon)...]) != nil
    }

    /// Whether a form comes from a page of ours; browsers that do not say have sent the cookie from our own page only.
    func isOwn(origin request: HTTPRequest) -> Bool {
        let sent = request.headers.values("Origin")
        return sent.isEmpty || sent == [origin]
    }
}
