import GatewayCore

/// An absolute `http` or `https` URL, read once and strictly (RFC 3986).
///
/// What is compared with the allow list and what libcurl connects to cannot differ: libcurl gets `text`, which is
/// written again from the parts and has only one reading.
package struct RequestURL: Hashable, Sendable {
    /// The longest URL that is read, in bytes.
    package static let maximumLength = 16_384

    package let origin: Origin
    /// Path and query, beginning with a slash, as they are sent.
    package let target: String

    /// The URL with its port always written.
    package var text: String { origin.description + target }

    package init(_ text: String) throws(RequestURLError) {
        guard text.utf8.count <= Self.maximumLength else { throw .tooLong }
        let bytes = Array(text.utf8)
        guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")),
            bytes[colon...].starts(with: "://".utf8),
            let scheme = Origin.Scheme(rawValue: String(decoding: bytes[..<colon], as: UTF8.self).lowercased())
        else { throw .scheme }
        guard bytes.allSatisfy({ (0x21...0x7E).contains($0) && !Self.neverAllowed.contains($0) }) else {
            throw .character
        }
        let afterScheme = bytes[(colon + 3)...]
        let authorityEnd = afterScheme.firstIndex { Self.authorityEnds.contains($0) } ?? bytes.endIndex
        let (host, port) = try Self.authority(afterScheme[..<authorityEnd])
        origin = Origin(scheme: scheme, host: host, port: port ?? scheme.defaultPort)
        target = try Self.target(bytes[authorityEnd...])
    }

    private static let neverAllowed: Set<UInt8> = Set(#""<>\^`{|}"#.utf8)
    private static let authorityEnds: Set<UInt8> = Set("/?#".utf8)

    private static func authority(_ bytes: ArraySlice<UInt8>) throws(RequestURLError) -> (String, UInt16?) {
        guard !bytes.contains(UInt8(ascii: "@")) else { throw .userInformation }
        let hostEnd: Int
        if bytes.first == UInt8(ascii: "[") {
            guard let bracket = bytes.firstIndex(of: UInt8(ascii: "]")) else { throw .host }
            hostEnd = bracket + 1
        } else {
            hostEnd = bytes.firstIndex(of: UInt8(ascii: ":")) ?? bytes.endIndex
        }
        guard let host = host(String(decoding: bytes[..<hostEnd], as: UTF8.self)) else { throw .host }
        guard hostEnd < bytes.endIndex else { return (host, nil) }
        guard bytes[hostEnd] == UInt8(ascii: ":") else { throw .host }
        let digits = String(decoding: bytes[(hostEnd + 1)...], as: UTF8.self)
        guard let port = UInt16(digits), port > 0, String(port) == digits else { throw .port }
        return (host, port)
    }

    private static func host(_ text: String) -> String? {
        if text.hasPrefix("[") {
            guard let address = IPAddress(String(text.dropFirst().dropLast())), case .v6 = address else { return nil }
            return "[\(address)]"
        }
        if let address = IPAddress(text) {
            guard case .v4 = address else { return nil }
            return address.description
        }
        let name = text.lowercased()
        let labels = name.split(separator: ".", omittingEmptySubsequences: false)
        guard name.utf8.count <= 253, labels.allSatisfy({ isLabel($0) }), let last = labels.last else { return nil }
        // Resolvers read 127.1, 0x7f.1 and 2130706433 as addresses: a last label like a number is no name.
        guard !last.utf8.allSatisfy({ isDigit($0) }), !last.hasPrefix("0x") else { return nil }
        return name
    }

    private static func isLabel(_ label: Substring) -> Bool {
        (1...63).contains(label.utf8.count) && !label.hasPrefix("-") && !label.hasSuffix("-")
            && label.utf8.allSatisfy { byte in
                isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                    || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
            }
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    private static func target(_ bytes: ArraySlice<UInt8>) throws(RequestURLError) -> String {
        guard !bytes.contains(UInt8(ascii: "#")) else { throw .fragment }
        guard !bytes.contains(where: { $0 == UInt8(ascii: "[") || $0 == UInt8(ascii: "]") }) else { throw .character }
        for index in bytes.indices where bytes[index] == UInt8(ascii: "%") {
            guard bytes.endIndex - index > 2, isHex(bytes[index + 1]), isHex(bytes[index + 2]) else {
                throw .percentEncoding
            }
        }
        let text = String(decoding: bytes, as: UTF8.self)
        let path = text.prefix { $0 != "?" }
        for segment in path.split(separator: "/") {
            let plain = segment.lowercased().split(separator: "%2e", omittingEmptySubsequences: false)
                .joined(separator: ".")
            guard plain != ".", plain != ".." else { throw .dotSegment }
        }
        return path.isEmpty ? "/" + text : text
    }

    private static func isHex(_ byte: UInt8) -> Bool {
        isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte | 0x20)
    }
}
