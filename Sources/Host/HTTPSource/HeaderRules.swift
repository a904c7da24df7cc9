package import GatewayCore

/// Which header fields a plugin may send, and which of an answer it sees.
package struct HeaderRules: Sendable {
    /// What plugins may set unless the configuration says otherwise: `accept`, `content-type` and `range`.
    package static let usuallyForwarded: Set<String> = ["accept", "content-type", "range"]

    /// The fields of an answer that plugins see: what describes the body, its age and the caller's allowance.
    ///
    /// Not `location`: it names hosts a plugin has no use for, since redirects are not followed.
    package static let returned: Set<String> = [
        "age", "allow", "cache-control", "content-language", "content-range", "content-type", "date", "etag", "expires",
        "last-modified", "retry-after", "x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset",
        "x-total-count",
    ]

    /// The longest value of a returned field, in bytes; a field with a longer one is left out.
    package static let maximumReturnedBytes = 1024

    private let forwarded: Set<String>
    private let configured: [HTTPField]

    /// Makes the rules; nil when `forwarded` names a field that plugins can never be allowed to set.
    package init?(forwarded: Set<String>, configured: [HTTPField]) {
        let names = Set(forwarded.map { $0.lowercased() })
        guard !names.contains(where: HTTPField.isReserved) else { return nil }
        self.forwarded = names
        self.configured = configured
    }

    /// The plugin's fields without those the operator configured, then the operator's.
    package func outgoing(_ fields: [HTTPField]) throws(SourceError) -> [HTTPField] {
        for field in fields {
            guard forwarded.contains(field.name.lowercased()) else {
                throw .invalid(
                    "This source takes only these header fields: \(forwarded.sorted().joined(separator: ", "))."
                )
            }
            guard field.value.utf8.allSatisfy({ $0 == 0x09 || ($0 >= 0x20 && $0 != 0x7F) }) else {
                throw .invalid("The value of the header field \(field.name.lowercased()) holds a control character.")
            }
        }
        let own = Set(configured.map { $0.name.lowercased() })
        return fields.filter { !own.contains($0.name.lowercased()) } + configured
    }

    /// The first value of each returned field that is not too long, names in lower case.
    package func incoming(_ fields: [HTTPField]) -> [HTTPField] {
        var seen: Set<String> = []
        return fields.compactMap { field in
            let name = field.name.lowercased()
            guard Self.returned.contains(name), field.value.utf8.count <= Self.maximumReturnedBytes,
                seen.insert(name).inserted
            else { return nil }
            return HTTPField(name, field.value)
        }
    }
}
