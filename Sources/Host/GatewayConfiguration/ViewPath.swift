/// The rules for the path of a view.
enum ViewPath {
    /// First segments that are the gateway's own, now or later.
    static let reserved = [
        ".well-known", "authorize", "token", "register", "revoke", "jwks.json", "device_authorization", "device",
        "login",
        "account", "approve", "health", "metrics", "console", "v1", "ask",
    ]

    /// Without slashes at the end, but for the root itself.
    static func normalised(_ path: String) -> String {
        var path = path
        while path.hasSuffix("/"), path != "/" { path.removeLast() }
        return path
    }

    /// What is wrong with a normalised path; nil when nothing is.
    static func problem(_ path: String) -> String? {
        guard path != "/" else { return "the path / is the gateway's own; choose another" }
        guard path.hasPrefix("/") else { return "must begin with a slash, such as /\(path)" }
        let segments = path.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
        for segment in segments {
            guard !segment.isEmpty, segment != ".", segment != "..", segment.utf8.allSatisfy(isAccepted) else {
                return "may hold letters, digits and . _ ~ - between single slashes, and no . or .. alone"
            }
        }
        guard let first = segments.first, !reserved.contains(String(first)) else {
            return "/\(segments.first ?? "") is the gateway's own; choose another path"
        }
        return nil
    }

    private static func isAccepted(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: [UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "-")].contains(byte)
        }
    }
}
