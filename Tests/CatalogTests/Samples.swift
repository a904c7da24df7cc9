import Catalog
import GatewayCore
import JSON
import MCPModel

let everything = View(path: "/mcp", namespaces: nil, isPrefixed: true)
let epic = View(path: "/mcp/epic", namespaces: ["epic"], isPrefixed: false)
let alice = Principal(issuer: "i", subject: "alice")

func tool(_ name: String, input: JSONValue = ["type": "object"], timeout: Duration? = nil) -> ToolDescription {
    ToolDescription(localName: name, description: "Does it.", inputSchema: input, timeout: timeout)
}

func contribution(
    _ namespace: String,
    _ tools: [ToolDescription],
    source: String = "a.so"
) -> CatalogContribution {
    CatalogContribution(namespace: namespace, source: source, tools: tools, provider: NoProvider())
}

func names(_ page: ToolPage) throws -> [String] {
    try JSONValue(parsing: Array("[".utf8) + page.definitions + Array("]".utf8)).array?.compactMap {
        $0["name"]?.string
    } ?? []
}
