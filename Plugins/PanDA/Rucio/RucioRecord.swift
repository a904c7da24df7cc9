package import JSON
package import PluginKit

/// One object of an answer of Rucio.
package struct RucioRecord: Sendable {
    private let node: JSONNode

    package init(_ node: JSONNode) {
        self.node = node
    }

    /// A text that is not empty, cleaned; numbers count as text.
    package func text(_ name: String, limit: Int = 512) -> String? {
        guard let text = node[name]?.string ?? node[name]?.numberLiteral else { return nil }
        let cleaned = UntrustedText.cleaned(text, limit: limit)
        return cleaned.isEmpty ? nil : cleaned
    }

    /// A whole number of things or bytes; Rucio writes sums of bytes with a fraction of zero.
    ///
    /// Nothing is negative, and nothing so large that sums of it could not be told.
    package func integer(_ name: String) -> Int? {
        balance(name).flatMap { $0 >= 0 ? $0 : nil }
    }

    /// A whole number that may be below zero, such as what is left of a quota.
    package func balance(_ name: String) -> Int? {
        let number = node[name]?.integer ?? node[name]?.double.flatMap { Int(exactly: $0.rounded()) }
        return number.flatMap { Self.exact.contains($0) ? $0 : nil }
    }

    /// The whole numbers that every reader of JSON tells exactly (RFC 8259 section 6).
    private static let exact = -(1 << 53 - 1)...(1 << 53 - 1)

    /// A sum that ends where numbers cease to be exact.
    static func sum(_ numbers: some Sequence<Int?>) -> Int {
        numbers.reduce(0) { min(exact.upperBound, $0 + ($1 ?? 0)) }
    }

    package func flag(_ name: String) -> Bool? { node[name]?.bool }

    /// A time such as `Sat, 21 Nov 2026 01:10:05 UTC`, or in the form of ISO 8601.
    package func time(_ name: String) -> Timestamp? {
        node[name]?.string.flatMap { RucioTime.timestamp($0) ?? Timestamp($0) }
    }

    /// The members of an object by name, in their order.
    package func members(_ name: String) -> [(name: String, value: JSONNode)] {
        guard let object = node[name], object.kind == .object else { return [] }
        return object.members.map { ($0.name, $0.value) }
    }

    package func records(_ name: String) -> [RucioRecord] {
        guard let list = node[name], list.kind == .array else { return [] }
        return list.elements.filter { $0.kind == .object }.map(RucioRecord.init)
    }

    /// The first texts of a list.
    package func texts(_ name: String, most: Int, limit: Int = 512) -> [String] {
        guard let list = node[name], list.kind == .array else { return [] }
        return list.elements.prefix(most).compactMap(\.string).map { UntrustedText.cleaned($0, limit: limit) }
    }

    /// `scope:name`, as people write it.
    package var did: String? {
        guard let scope = text("scope", limit: 64), let name = text("name") else { return nil }
        return "\(scope):\(name)"
    }
}

/// The dates of Rucio's answers (RFC 9110 section 5.6.7, with UTC in the place of GMT).
enum RucioTime {
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    static func timestamp(_ text: String) -> Timestamp? {
        let parts = text.split(separator: " ")
        guard parts.count == 6, parts[0].hasSuffix(","), ["UTC", "GMT"].contains(parts[5]),
            let month = months.firstIndex(of: String(parts[2])), parts[1].count <= 2, parts[3].count == 4
        else { return nil }
        let day = parts[1].count == 1 ? "0\(parts[1])" : String(parts[1])
        let number = month + 1 < 10 ? "0\(month + 1)" : "\(month + 1)"
        return Timestamp("\(parts[3])-\(number)-\(day)T\(parts[4])Z")
    }
}
