package import GatewayCore
package import JSON

/// How an input schema asks for header fields (2026-07-28 server/tools, "x-mcp-header").
extension HeaderParameter {
    /// What the name of every such field begins with.
    package static let fieldPrefix = "Mcp-Param-"
    private static let keyword = "x-mcp-header"

    /// Why a schema must not be published: clients that keep to the protocol would leave the tool out.
    package struct Fault: Error, Hashable, Sendable, CustomStringConvertible {
        /// What is wrong.
        package enum Reason: Hashable, Sendable {
            case unreachable, name, type, repeated
        }

        /// The schema with the keyword, as a JSON Pointer.
        package let pointer: String
        package let reason: Reason

        package init(_ pointer: String, _ reason: Reason) {
            self.pointer = pointer
            self.reason = reason
        }

        package var description: String {
            switch reason {
            case .unreachable: "\(pointer): x-mcp-header may stand only where nothing but `properties` leads"
            case .name: "\(pointer): x-mcp-header must be a token of a header field's name, such as \"Site\""
            case .type: "\(pointer): x-mcp-header needs \"type\": \"string\", \"integer\" or \"boolean\""
            case .repeated: "\(pointer): another parameter has the same x-mcp-header; upper and lower case are one"
            }
        }
    }

    /// The parameters a schema asks to repeat, in its order; none for most.
    package static func all(in schema: JSONValue) throws(Fault) -> [HeaderParameter] {
        var found: [HeaderParameter] = []
        var names: Set<String> = []
        try collect(schema, at: JSONPath(), [], &found, &names)
        return found
    }

    /// Goes through a schema and those inside it; `names` is nil off the way that leads through `properties` alone.
    private static func collect(
        _ schema: JSONValue,
        at path: JSONPath,
        _ names: [String]?,
        _ found: inout [HeaderParameter],
        _ taken: inout Set<String>
    ) throws(Fault) {
        guard let object = schema.object else { return }
        if let name = object[keyword] {
            guard let names, !names.isEmpty else { throw Fault(path.description, .unreachable) }
            guard let token = name.string, isToken(token) else { throw Fault(path.description, .name) }
            guard let kind = object["type"]?.string.flatMap(Kind.init) else { throw Fault(path.description, .type) }
            guard taken.insert(token.lowercased()).inserted else { throw Fault(path.description, .repeated) }
            found.append(HeaderParameter(field: fieldPrefix + token, path: names, kind: kind))
        }
        for member in object.members {
            let place = path.appending(member.name)
            if member.name == "properties" {
                for property in member.value.object?.members ?? [] {
                    let inner = names.map { $0 + [property.name] }
                    try collect(property.value, at: place.appending(property.name), inner, &found, &taken)
                }
            } else if schemas.contains(member.name) {
                try collect(member.value, at: place, nil, &found, &taken)
                for (position, element) in (member.value.array ?? []).enumerated() {
                    try collect(element, at: place.appending(position), nil, &found, &taken)
                }
            } else if namedSchemas.contains(member.name) {
                for inner in member.value.object?.members ?? [] {
                    try collect(inner.value, at: place.appending(inner.name), nil, &found, &taken)
                }
            }
        }
    }

    /// Keywords that hold a schema or an array of schemas; all others hold data, or references that are not followed.
    private static let schemas: Set = [
        "items", "prefixItems", "additionalItems", "contains", "unevaluatedItems", "additionalProperties",
        "propertyNames", "unevaluatedProperties", "allOf", "anyOf", "oneOf", "not", "if", "then", "else",
        "contentSchema",
    ]
    /// Keywords that hold schemas by name.
    private static let namedSchemas: Set = [
        "patternProperties", "dependentSchemas", "dependencies", "$defs", "definitions",
    ]

    /// Whether a text is a token (RFC 9110 section 5.6.2).
    package static func isToken(_ text: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "a")...UInt8(ascii: "z"):
                    true
                default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
                }
            }
    }
}
