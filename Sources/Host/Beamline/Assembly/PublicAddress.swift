import FoundationEssentials
import GatewayConfiguration
import MCPServer

/// Splits the configured public URL into the parts the endpoint works with.
enum PublicAddress {
    /// The resource identifier, which is the audience of the tokens.
    static func resource(of configuration: Configuration) throws -> String {
        guard let url = parse(configuration.server.publicURL) else {
            throw CommandFailure.notInOrder(
                "server.publicURL: must be an http or https URL such as https://gw.example.org"
            )
        }
        return url.text + "/mcp"
    }

    /// The parts; nil when the text is not an http or https URL without query and fragment.
    static func parse(_ text: String) -> PublicURL? {
        guard let url = URL(string: text), let scheme = url.scheme?.lowercased(), ["http", "https"].contains(scheme),
            let host = url.host(percentEncoded: false), !host.isEmpty, url.query() == nil, url.fragment() == nil,
            url.user() == nil
        else { return nil }
        var prefix = url.path(percentEncoded: true)
        while prefix.hasSuffix("/") { prefix.removeLast() }
        let isIPv6 = host.contains(":") && !host.hasPrefix("[")
        return PublicURL(scheme: scheme, host: isIPv6 ? "[\(host)]" : host, port: url.port, prefix: prefix)
    }
}
