extension HTTPField {
    /// Whether a field is never a plugin's, neither to send nor to see: it carries credentials or names hosts, or it
    /// belongs to the connection (RFC 9110 section 7.6.1).
    package var isReserved: Bool { Self.isReserved(name) }

    /// The same of a name, without regard to case.
    package static func isReserved(_ name: String) -> Bool {
        let name = name.lowercased()
        return reserved.contains(name) || name.hasPrefix("x-forwarded-")
    }

    private static let reserved: Set<String> = [
        "accept-encoding", "authentication-info", "authorization", "connection", "content-length", "cookie", "expect",
        "forwarded", "host", "keep-alive", "location", "proxy-authenticate", "proxy-authentication-info",
        "proxy-authorization", "proxy-connection", "server", "set-cookie", "set-cookie2", "te", "trailer",
        "transfer-encoding", "upgrade", "via", "www-authenticate", "x-real-ip",
    ]
}
