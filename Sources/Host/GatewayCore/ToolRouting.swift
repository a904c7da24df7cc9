package import JSON

/// Finds what stands behind an outside name.
package protocol ToolRouting: Sendable {
    /// The route of a tool in a view, or nil when the view has no such tool. Constant time.
    func route(toTool name: String, in view: View) -> ToolRoute?
}

/// Where a tool call goes and what it must satisfy first.
package struct ToolRoute: Sendable {
    package let item: ItemReference
    package let provider: any ToolProvider
    /// The compiled input schema.
    package let input: JSONSchema
    /// The tool's own time limit, when its manifest gives one.
    package let timeout: Duration?
    /// Whether the tool only reads and may safely be called twice.
    package let isReadOnly: Bool
    /// Whether the tool says that it may destroy something: then a person is asked, whatever the rules say.
    package let isDestructive: Bool
    /// Whether the arguments name another tool and its arguments, and that is what is called.
    package let wrapsCall: Bool
    /// Which edition of the provider this is: another one knows nothing of what this one asked.
    package let edition: String
    /// The parameters that clients repeat in header fields; empty for most tools.
    package let headerParameters: [HeaderParameter]
    /// The roles any of which a tool of the gateway's own is for; nil when it is for everybody.
    package let audience: Set<String>?

    package init(
        item: ItemReference,
        provider: any ToolProvider,
        input: JSONSchema,
        timeout: Duration?,
        isReadOnly: Bool,
        isDestructive: Bool = false,
        wrapsCall: Bool = false,
        edition: String = "",
        headerParameters: [HeaderParameter] = [],
        audience: Set<String>? = nil
    ) {
        self.item = item
        self.provider = provider
        self.input = input
        self.timeout = timeout
        self.isReadOnly = isReadOnly
        self.isDestructive = isDestructive
        self.wrapsCall = wrapsCall
        self.edition = edition
        self.headerParameters = headerParameters
        self.audience = audience
    }
}

/// An item, named by its namespace and its local name.
package struct ItemReference: Hashable, Sendable {
    /// What kind of item it is.
    package enum Kind: String, Hashable, Sendable {
        case tool, resource, prompt
    }

    /// The namespace of the gateway's own items, which no plugin can have.
    package static let gatewayNamespace = "beamline"

    package let kind: Kind
    package let namespace: String
    package let localName: String

    package init(kind: Kind, namespace: String, localName: String) {
        self.kind = kind
        self.namespace = namespace
        self.localName = localName
    }

    /// The name in a view that prefixes: the first underscore splits, as a namespace has none.
    package var outsideName: String { namespace + "_" + localName }

    /// Whether the item is the gateway's own: it shows nothing of itself, so it is for whoever may use a view.
    package var isOfGateway: Bool { namespace == Self.gatewayNamespace }
}
