/// A URI that a client gave, in its parts; nothing is normalised (RFC 3986).
struct WebURI: Hashable, Sendable {
    /// The longest URI, in bytes.
    static let longest = 2048

    let scheme: String
    /// With its brackets for IPv6; nil without `//`.
    let host: String?
    let port: String?
    let hasUserInformation: Bool
    let path: String
    let query: String?
    let hasFragment: Bool

    /// Reads a URI; nil for what is none, or what two readers could read differently.
    init?(_ text: String) {
        guard text.utf8.count <= Self.longest,
            text.utf8.allSatisfy({ (0x21...0x7E).contains($0) && !Self.neverAllowed.contains($0) }),
            let colon = text.firstIndex(of: ":")
        else { return nil }
        scheme = String(text[..<colon])
        guard let first = scheme.utf8.first, (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(first),
            scheme.utf8.allSatisfy(Self.isSchemeByte)
        else { return nil }
        var rest = text[text.index(after: colon)...]
        if let mark = rest.firstIndex(of: "#") {
            hasFragment = true
            rest = rest[..<mark]
        } else {
            hasFragment = false
        }
        if let mark = rest.firstIndex(of: "?") {
            query = String(rest[rest.index(after: mark)...])
            rest = rest[..<mark]
        } else {
            query = nil
        }
        guard rest.hasPrefix("//") else {
            (host, port, hasUserInformation) = (nil, nil, false)
            path = String(rest)
            return
        }
        rest = rest.dropFirst(2)
        let end = rest.firstIndex(of: "/") ?? rest.endIndex
        path = String(rest[end...])
        let authority = rest[..<end]
        hasUserInformation = authority.contains("@")
        let hostEnd =
            authority.hasPrefix("[")
            ? authority.firstIndex(of: "]").map { authority.index(after: $0) } ?? authority.endIndex
            : authority.firstIndex(of: ":") ?? authority.endIndex
        host = String(authority[..<hostEnd])
        let afterHost = authority[hostEnd...]
        guard !afterHost.isEmpty else {
            port = nil
            return
        }
        let digits = String(afterHost.dropFirst())
        guard afterHost.first == ":", let number = UInt16(digits), String(number) == digits else { return nil }
        port = digits
    }

    /// Whether the host is this machine, in one of its three usual spellings.
    var isLoopback: Bool { ["127.0.0.1", "[::1]", "localhost"].contains(host) }

    /// Whether a segment of the path is `.` or `..`, also percent-encoded.
    var hasDotSegment: Bool {
        path.split(separator: "/").contains { segment in
            let plain = segment.lowercased().split(separator: "%2e", omittingEmptySubsequences: false)
                .joined(separator: ".")
            return plain == "." || plain == ".."
        }
    }

    private static let neverAllowed = Set(#""<>\^`{|}"#.utf8)

    private static func isSchemeByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"),
            UInt8(ascii: "-"), UInt8(ascii: "."):
            true
        default: false
        }
    }
}
