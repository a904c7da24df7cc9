/// The keys of `server`.
enum ServerKeys {
    static var table: KeyTable<ServerSettings> {
        KeyTable([
            .text("host", \.host, takes: .atStart, "The address to listen on"),
            .integer("port", \.port, 0...65_535, takes: .atStart, "The TCP port; 0 lets the system choose"),
            .text(
                "publicURL",
                \.publicURL,
                takes: .atStart,
                "What clients write before `/mcp`; may have a path. Default `http://HOST:PORT`. Nothing is derived from requests"
            ),
            .texts(
                "allowed_origins",
                \.allowedOrigins,
                "Origins of web pages that may call, such as `https://inspector.example.org`"
            ),
            .texts(
                "allowed_hosts",
                \.allowedHosts,
                "Host names accepted beside loopback and that of `publicURL`; without port"
            ),
            .choice(
                "listing",
                \.listing,
                "How `/mcp` and `/mcp/NAMESPACE` show their tools, unless a view takes their place: as for `views`"
            ),
            .optionalSection(
                "admin",
                \.admin,
                admin,
                defaults: AdminSettings(),
                takes: .atStart,
                "The listener for health and metrics; absent, there is none"
            ),
        ])
    }

    private static var admin: KeyTable<AdminSettings> {
        KeyTable([
            .text("host", \.host, takes: .atStart, "The address to listen on"),
            .integer("port", \.port, 0...65_535, takes: .atStart, "The TCP port; 0 lets the system choose"),
            .bool(
                "allow_remote",
                \.allowsRemote,
                takes: .atStart,
                "Whether an address other than loopback is meant: what this listener shows needs no token"
            ),
        ])
    }
}
