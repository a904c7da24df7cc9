/// What a web server in front of the gateway is configured with, so that everything arrives as it was sent.
package struct ProxyLines: Hashable, Sendable {
    /// Where the gateway listens, such as `http://127.0.0.1:8080`.
    private let backend: String
    /// The path of the public URL; empty for none.
    private let prefix: String
    /// Paths below the public URL, each with everything below it.
    private let paths: [String]
    /// Whether the public URL itself is a page.
    private let hasFrontPage: Bool
    private let bodyBytes: Int
    /// How long nothing may come before the connection is given up, in seconds.
    private let silence: Int64

    /// Says where what is.
    /// - Parameters:
    ///   - backend: Scheme, host and port at which the gateway listens.
    ///   - prefix: The path of the public URL, without a slash at its end; empty for none.
    ///   - views: The paths of the views, such as `/mcp` and `/swf-monitor/mcp`.
    ///   - isAuthorizationServer: Whether people and programs log in here.
    ///   - bodyBytes: The largest body that the gateway takes.
    ///   - keepAlive: How often a silent stream gives a sign of life, in seconds.
    package init(
        backend: String,
        prefix: String,
        views: [String],
        isAuthorizationServer: Bool,
        bodyBytes: Int,
        keepAlive: Int64
    ) {
        self.backend = backend
        self.prefix = prefix
        let own = isAuthorizationServer ? Self.authorization : []
        var paths: [String] = []
        for path in (own + views).sorted() where !paths.contains(where: { path.hasPrefix($0 + "/") || path == $0 }) {
            paths.append(path)
        }
        self.paths = paths
        hasFrontPage = isAuthorizationServer
        self.bodyBytes = bodyBytes
        // Calls may be silent for as long as a tool may take.
        silence = max(300, 4 * keepAlive)
    }

    private static let authorization = [
        "/account", "/approve", "/authorize", "/device", "/device_authorization", "/jwks.json", "/login", "/register",
        "/revoke", "/token",
    ]

    /// The documents that clients look for at the root of the host, whatever the path of the public URL is.
    private var documents: [String] {
        let names =
            ["oauth-protected-resource"] + (hasFrontPage ? ["oauth-authorization-server", "openid-configuration"] : [])
        return names.map { "/.well-known/\($0)" }
    }

    /// For a virtual host of Apache 2.4.
    package var apache: String {
        let options = "flushpackets=on timeout=\(silence) nocanon"
        var lines = [
            "# Apache 2.4, with mod_ssl, mod_proxy and mod_proxy_http: inside <VirtualHost *:443>.",
            "ProxyRequests Off", "ProxyPreserveHost On", "AllowEncodedSlashes NoDecode",
            "LimitRequestBody \(bodyBytes)",
        ]
        for path in documents { lines.append("ProxyPass \(path) \(backend)\(path) nocanon") }
        if prefix.isEmpty {
            for path in paths { lines.append("ProxyPass \(path) \(backend)\(path) \(options)") }
            // Apache puts the whole path that matched behind the address.
            if hasFrontPage { lines.append("ProxyPassMatch ^/$ \(backend)") }
        } else {
            lines.append("ProxyPass \(prefix) \(backend)\(prefix) \(options)")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// For a server block of nginx.
    package var nginx: String {
        let pass = [
            "    proxy_pass \(backend);", "    proxy_http_version 1.1;", "    proxy_set_header Host $http_host;",
            "    proxy_set_header Connection \"\";", "    proxy_buffering off;", "    proxy_request_buffering off;",
            "    proxy_read_timeout \(silence)s;", "    client_max_body_size \(bodyBytes);",
        ]
        var lines = ["# nginx: inside the server block of the host, with its certificate."]
        var places = documents
        if prefix.isEmpty {
            places += paths
            if hasFrontPage { places.append("= /") }
        } else {
            places.append(prefix)
        }
        for place in places { lines += ["location \(place) {"] + pass + ["}"] }
        return lines.joined(separator: "\n") + "\n"
    }
}
