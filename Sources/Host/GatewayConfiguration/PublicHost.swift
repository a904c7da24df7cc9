/// Tells this machine from others, in the configuration.
enum PublicHost {
    /// The host of a URL; an IPv6 address without its brackets.
    static func host(of url: String) -> String {
        let afterScheme = url.split(separator: "/", omittingEmptySubsequences: true).dropFirst().first ?? ""
        if afterScheme.hasPrefix("[") { return String(afterScheme.dropFirst().prefix { $0 != "]" }) }
        return String(afterScheme.prefix { $0 != ":" })
    }

    static func isLoopback(_ host: String) -> Bool {
        host == "localhost" || host == "::1" || host.hasPrefix("127.")
    }

    /// Whether what is sent to a URL is seen by nobody on the way.
    static func isProtected(_ url: String) -> Bool {
        url.hasPrefix("https://") || isLoopback(host(of: url))
    }
}
