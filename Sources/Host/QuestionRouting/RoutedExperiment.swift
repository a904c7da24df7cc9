package import GatewayCore
package import JSON

/// An experiment as one caller sees it, for questions to be led to its tools.
package struct RoutedExperiment: Sendable {
    /// The site's name for it.
    package let namespace: String
    package let routing: RoutingDeclaration
    /// The input schemas of the tools that the caller may see, by local name.
    package let inputs: [String: JSONValue]

    package init(namespace: String, routing: RoutingDeclaration, inputs: [String: JSONValue]) {
        self.namespace = namespace
        self.routing = routing
        self.inputs = inputs
    }
}
