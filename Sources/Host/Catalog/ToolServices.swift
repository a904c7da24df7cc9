package import GatewayCore
import JSON
import MCPModel

/// The operation `tools.callable` for one plugin: which of its own tools the caller of a request may call.
///
/// A site's rules may be stricter than the plugin's, which never sees them.
package struct ToolServices: HostServing {
    package static let operation = "tools.callable"

    private let namespace: String
    private let catalog: @Sendable () -> Catalog?

    /// Serves the plugin of a namespace from the catalog that is shown now, nil before there is one.
    package init(namespace: String, catalog: @escaping @Sendable () -> Catalog?) {
        self.namespace = namespace
        self.catalog = catalog
    }

    package func serve(_ request: ServiceRequest) async -> ServiceReply {
        guard request.operation == Self.operation else {
            return Self.refusal(.unsupported, "This gateway has no operation \"\(request.operation.prefix(64))\".")
        }
        guard let parent = request.parent, !parent.isSource else {
            return Self.refusal(.invalidArgument, "Only a request of a caller has tools that the caller may call.")
        }
        guard let catalog = catalog() else { return Self.refusal(.unavailable, "The gateway is still starting.") }
        let names = catalog.callableTools(of: namespace, for: parent.principal)
        let body: JSONValue = ["tools": .array(names.map(JSONValue.string))]
        return ServiceReply(status: .ok, body: body.serialized)
    }

    private static func refusal(_ status: PluginStatus, _ message: String) -> ServiceReply {
        ServiceReply(status: status, body: (["message": .string(message)] as JSONValue).serialized)
    }
}

extension Catalog {
    /// The local names of a namespace's tools that a caller may call with the token at hand, in their order.
    func callableTools(of namespace: String, for principal: Principal) -> [String] {
        let snapshot = snapshot
        guard let section = snapshot.sections.first(where: { $0.summary.name == namespace }) else { return [] }
        return snapshot.tools[section.tools].map(\.route.item).filter { item in
            switch policy.decision(on: item, for: principal) {
            case .allowed, .needsConsent: true
            case .hidden, .blocked, .denied, .challenge: false
            }
        }
        .map(\.localName)
    }
}
