/// A reference to a resource, taken apart and resolved as RFC 3986 says.
struct JSONSchemaURI {
    private var scheme: String?
    private var authority: String?
    private var path = ""
    private var query: String?
    private(set) var fragment: String?

    /// Takes a reference apart (appendix B).
    init(_ text: String) {
        var rest = Substring(text)
        if let mark = rest.firstIndex(of: "#") {
            fragment = String(rest[rest.index(after: mark)...])
            rest = rest[..<mark]
        }
        if let mark = rest.firstIndex(of: "?") {
            query = String(rest[rest.index(after: mark)...])
            rest = rest[..<mark]
        }
        if let mark = rest.firstIndex(where: { $0 == ":" || $0 == "/" }), rest[mark] == ":", mark != rest.startIndex {
            scheme = rest[..<mark].lowercased()
            rest = rest[rest.index(after: mark)...]
        }
        if rest.hasPrefix("//") {
            rest = rest.dropFirst(2)
            let mark = rest.firstIndex(of: "/") ?? rest.endIndex
            authority = String(rest[..<mark])
            rest = rest[mark...]
        }
        path = String(rest)
    }

    /// This reference as seen from a base (section 5.2.2).
    func resolved(against base: JSONSchemaURI) -> JSONSchemaURI {
        var target = self
        if scheme != nil {
            target.path = Self.withoutDots(path)
            return target
        }
        target.scheme = base.scheme
        if authority != nil {
            target.path = Self.withoutDots(path)
            return target
        }
        target.authority = base.authority
        if path.isEmpty {
            target.path = base.path
            target.query = query ?? base.query
        } else if path.hasPrefix("/") {
            target.path = Self.withoutDots(path)
        } else {
            target.path = Self.withoutDots(base.merged(with: path))
        }
        return target
    }

    /// A relative path in the place of the base's last segment (section 5.2.3).
    private func merged(with relative: String) -> String {
        if authority != nil, path.isEmpty { return "/" + relative }
        guard let mark = path.lastIndex(of: "/") else { return relative }
        return String(path[...mark]) + relative
    }

    /// A path without `.` and `..` (section 5.2.4).
    private static func withoutDots(_ path: String) -> String {
        var segments: [Substring] = []
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        for (position, part) in parts.enumerated() {
            let isLast = position == parts.count - 1
            switch part {
            case ".":
                if isLast { segments.append("") }
            case "..":
                if segments.count > 1 || segments.first?.isEmpty == false { segments.removeLast() }
                if isLast { segments.append("") }
            default:
                segments.append(part)
            }
        }
        return segments.joined(separator: "/")
    }

    /// The reference without its fragment.
    var resource: String {
        var text = scheme.map { $0 + ":" } ?? ""
        if let authority { text += "//" + authority }
        text += path
        if let query { text += "?" + query }
        return text
    }

    /// Text with its percent-encoded bytes decoded (section 2.1).
    static func decoded(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "%")) else { return text }
        var bytes: [UInt8] = []
        let source = Array(text.utf8)
        var cursor = 0
        while cursor < source.count {
            if source[cursor] == UInt8(ascii: "%"), cursor + 2 < source.count,
                let high = JSONScanner.hexadecimalDigit(source[cursor + 1]),
                let low = JSONScanner.hexadecimalDigit(source[cursor + 2])
            {
                bytes.append(UInt8(truncatingIfNeeded: high << 4 | low))
                cursor += 3
            } else {
                bytes.append(source[cursor])
                cursor += 1
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
