import GatewayConfiguration
import GatewayCore
import MCPServer

/// The paths that are served: the usual ones, and those of the configuration beside them or in their place.
enum ViewAssembly {
    static func views(of configuration: Configuration, namespaces: [String]) -> [View] {
        let configured = configuration.views.map { view in
            View(
                path: view.path,
                namespaces: view.namespaces.isEmpty ? nil : view.namespaces,
                isPrefixed: view.isPrefixed,
                allowsAnonymous: view.allowsAnonymous,
                listing: view.listing
            )
        }
        let taken = Set(configured.map(\.path))
        let usual = EndpointConfiguration.defaultViews(namespaces: namespaces, listing: configuration.server.listing)
        return usual.filter { !taken.contains($0.path) } + configured
    }
}
