package import GatewayCore
package import JSON
package import MCPModel

/// Something that was offered to the catalog and is not in it, for the operator.
package struct CatalogRefusal: Hashable, Sendable {
    /// Why.
    package enum Reason: Hashable, Sendable {
        /// Not `[a-z][a-z0-9]{1,15}`.
        case namespaceMalformed
        /// Kept for the gateway itself.
        case namespaceReserved
        /// Another contribution has the namespace; it stays.
        case namespaceTaken(by: String)
        /// Empty, or with a character outside `[A-Za-z0-9_-]`.
        case nameMalformed
        /// Begins like the names of the gateway's own tools.
        case nameReserved
        /// The name with its namespace is longer than the limit.
        case nameTooLong(limit: Int)
        /// The same contribution has a tool of that name already; the first stays.
        case nameTaken(by: String)
        /// A URI or template without a scheme, with a `+` in it, too long, or with what is not printable ASCII.
        case uriMalformed
        /// A template that URIs cannot be taken apart by.
        case template(URITemplate.Fault)
        /// The input schema's root is not `type: object`.
        case inputNotObject
        /// The input schema cannot be compiled.
        case inputSchema(JSONSchemaError)
        /// The input schema asks for header fields in a way that is not allowed.
        case headerParameter(HeaderParameter.Fault)
    }

    /// The contribution's own `source`.
    package let source: String
    package let namespace: String
    /// The tool's local name; nil when the whole contribution is refused.
    package let tool: String?
    package let reason: Reason

    package init(source: String, namespace: String, tool: String?, reason: Reason) {
        self.source = source
        self.namespace = namespace
        self.tool = tool
        self.reason = reason
    }
}

extension CatalogRefusal: CustomStringConvertible {
    /// One sentence that says what to do.
    package var description: String {
        let what = tool.map { "tool \"\($0)\" of namespace \"\(namespace)\"" } ?? "namespace \"\(namespace)\""
        return "\(source): \(what) is left out: \(reason)."
    }
}

extension CatalogRefusal.Reason: CustomStringConvertible {
    package var description: String {
        switch self {
        case .namespaceMalformed:
            "a namespace is a small letter and 1 to 15 small letters or digits"
        case .namespaceReserved:
            "the namespace is reserved for the gateway itself; choose another"
        case .namespaceTaken(let source):
            "\(source) has the namespace already; give one of them another"
        case .nameMalformed:
            "a name consists of letters, digits, _ and - and is not empty"
        case .nameReserved:
            "a name that begins with beamline_ is the gateway's own; rename the tool"
        case .nameTooLong(let limit):
            "the name with its namespace is longer than \(limit) characters"
        case .nameTaken(let source):
            "\(source) has a tool of that name already; rename one of them"
        case .uriMalformed:
            "a URI begins with a scheme of letters, digits, - and ., is printable ASCII and at most 2048 bytes long"
        case .template(let fault):
            "the template is not usable (\(fault)): expressions are {name} or {+name}, each once, with text between them"
        case .inputNotObject:
            "the root of the input schema must say \"type\": \"object\""
        case .inputSchema(let error):
            "the input schema is not usable at \"\(error.path)\": \(error.message)"
        case .headerParameter(let fault):
            "the input schema is not usable at \(fault)"
        }
    }
}
