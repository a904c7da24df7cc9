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
            .list(
                "icons",
                \.icons,
                icon,
                element: { IconSettings(place: $0) },
                "What clients may show beside the server's name; of one picture in several sizes or for several backgrounds"
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

    private static var icon: KeyTable<IconSettings> {
        KeyTable([
            .neededText("src", \.source, "An `https:` URL, or a small picture as a `data:` URI"),
            .optionalText("mime_type", \.mimeType, "The type of the picture, such as `image/png`"),
            .texts("sizes", \.sizes, "Such as `48x48`, or `any` for a picture that scales"),
            .optionalText("theme", \.theme, "The background it is made for: `light` or `dark`"),
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
