package import JSON

/// A parameter whose value clients repeat in a header field of the call, for proxies that do not read bodies.
package struct HeaderParameter: Hashable, Sendable {
    /// The types such a parameter may have.
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        case string, integer, boolean
    }

    /// The whole name of the field, such as `Mcp-Param-Site`.
    package let field: String
    /// The names that lead to the value in the arguments, from the outside in; at least one.
    package let path: [String]
    package let kind: Kind

    package init(field: String, path: [String], kind: Kind) {
        self.field = field
        self.path = path
        self.kind = kind
    }
}

/// Why a header field and the argument it repeats do not belong together.
package struct HeaderMismatch: Error, Hashable, Sendable {
    package enum Reason: Hashable, Sendable {
        /// There is a value and no field.
        case missing
        /// The field was sent more than once.
        case repeated
        /// The field looks encoded and is not well encoded.
        case malformed
        /// The field says something else, or there is no value.
        case different
    }

    package let field: String
    package let reason: Reason

    package init(field: String, _ reason: Reason) {
        self.field = field
        self.reason = reason
    }
}

/// The header fields that came with a call.
package protocol ParameterFields: Sendable {
    /// The first of the parameters whose field does not say what the arguments say; nil when all do.
    func mismatch(_ parameters: [HeaderParameter], in arguments: JSONNode) -> HeaderMismatch?
}
