internal import GatewayCore

/// Which header fields pass between a plugin and an HTTP source.
enum HeaderRules {
    /// Set by the gateway or by the connection; a plugin neither holds credentials nor chooses hosts.
    private static let reserved: Set<String> = [
        "authorization", "connection", "content-length", "cookie", "expect", "forwarded", "host", "keep-alive",
        "proxy-authorization", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade", "via",
        "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip",
    ]

    /// What a plugin learns of an answer: nothing that names hosts, sets cookies or asks for credentials.
    private static let shown: Set<String> = [
        "age", "allow", "cache-control", "content-language", "content-range", "content-type", "date", "etag", "expires",
        "last-modified", "retry-after", "x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset",
        "x-total-count",
    ]

    /// Checks what a plugin wants to send: field names and values as RFC 9110 section 5 has them, none of the reserved.
    static func check(_ fields: [HTTPField]) throws(ServiceFailure) {
        for field in fields {
            guard !field.name.isEmpty, field.name.utf8.allSatisfy(isTokenByte) else {
                throw ServiceFailure(.invalidArgument, "\"headers\" holds a name that is no HTTP field name.")
            }
            guard !reserved.contains(field.name.lowercased()) else {
                throw ServiceFailure(.invalidArgument, "The header \"\(field.name)\" is set by the gateway alone.")
            }
            guard field.value.utf8.allSatisfy({ $0 == 0x09 || $0 >= 0x20 && $0 != 0x7F }) else {
                throw ServiceFailure(.invalidArgument, "The header \"\(field.name)\" holds a control character.")
            }
        }
    }

    /// The fields of an answer that are passed on: names in lower case, repeated ones joined with a comma.
    static func passedOn(_ fields: [HTTPField]) -> [HTTPField] {
        var names: [String] = []
        var values: [String: String] = [:]
        for field in fields {
            let name = field.name.lowercased()
            guard shown.contains(name) else { continue }
            if let earlier = values[name] {
                values[name] = earlier + ", " + field.value
            } else {
                names.append(name)
                values[name] = field.value
            }
        }
        return names.map { HTTPField($0, values[$0] ?? "") }
    }

    private static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"):
            true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
    }
}
