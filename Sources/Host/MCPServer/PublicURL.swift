/// The URL under which clients reach the gateway, in its parts.
///
/// Nothing is derived from what a request says instead.
package struct PublicURL: Hashable, Sendable {
    /// `https`, or `http` for a gateway on loopback.
    package let scheme: String
    /// A name or an address, in lower case; an IPv6 address in brackets.
    package let host: String
    /// Nil for the scheme's own.
    package let port: Int?
    /// The path below which everything lies, with a slash before it and none after it; empty for none.
    package let prefix: String

    package init(scheme: String, host: String, port: Int? = nil, prefix: String = "") {
        self.scheme = scheme.lowercased()
        self.host = host.lowercased()
        self.port = port == (self.scheme == "https" ? 443 : 80) ? nil : port
        self.prefix = prefix
    }

    /// Scheme, host and port, as browsers write an origin (RFC 6454 section 6.2).
    package var origin: String { scheme + "://" + authority }

    /// Host and port, as clients write them in `Host`.
    package var authority: String { host + (port.map { ":\($0)" } ?? "") }

    /// The whole URL, without a slash at its end.
    package var text: String { origin + prefix }

    /// The protected resource metadata of a path below this URL (RFC 9728 section 3.1: the path is inserted).
    package func metadataURL(path: String) -> String {
        origin + WellKnownDocument.path + prefix + path
    }
}
