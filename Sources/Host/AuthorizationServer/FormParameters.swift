import GatewayCore

/// The parameters of a query or a form (WHATWG URL, "application/x-www-form-urlencoded"), read strictly.
package struct FormParameters: Hashable, Sendable {
    /// The longest text, in bytes.
    package static let longestText = 16 << 10
    /// The most parameters.
    package static let mostParameters = 64

    private let values: [String: String]

    /// Reads a text.
    /// - Throws: `invalid_request` for a parameter that is there twice (RFC 6749 section 3.1), for what is not
    ///   percent-encoded UTF-8 without control characters, and for too much.
    package init(_ text: String) throws(OAuthError) {
        guard text.utf8.count <= Self.longestText else {
            throw OAuthError(.invalidRequest, "The parameters are too long.")
        }
        var values: [String: String] = [:]
        let pairs = text.split(separator: "&")
        guard pairs.count <= Self.mostParameters else {
            throw OAuthError(.invalidRequest, "There are too many parameters.")
        }
        for pair in pairs {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = Self.decoded(parts[0]), let value = Self.decoded(parts.count > 1 ? parts[1] : "") else {
                throw OAuthError(.invalidRequest, "A parameter is not encoded as a form has it.")
            }
            guard values.updateValue(value, forKey: name) == nil else {
                throw OAuthError(.invalidRequest, "A parameter is there more than once.")
            }
        }
        self.values = values
    }

    /// The value; nil when the parameter is absent or empty, which is the same (RFC 6749 section 3.1).
    package subscript(name: String) -> String? {
        values[name].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// Writes parameters as a form has them.
    package static func encode(_ parameters: [(name: String, value: String)]) -> String {
        parameters.map { encode($0.name) + "=" + encode($0.value) }.joined(separator: "&")
    }

    /// Encodes a text so that it fits a query and a form.
    package static func encode(_ text: String) -> String { FormText.encode(text) }

    /// Decodes one name or value; nil when it is not one.
    static func decoded(_ text: Substring) -> String? {
        var plain: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "+"): plain.append(0x20)
            case UInt8(ascii: "%"):
                guard rest.count >= 2, let high = digit(rest.removeFirst()), let low = digit(rest.removeFirst()) else {
                    return nil
                }
                plain.append(high << 4 | low)
            default: plain.append(byte)
            }
        }
        guard plain.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else { return nil }
        return String(validating: plain, as: UTF8.self)
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
