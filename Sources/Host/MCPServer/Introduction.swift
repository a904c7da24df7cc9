import GatewayCore
import MCPModel

/// What the server tells a client about itself at the beginning, in either era.
struct Introduction: Sendable {
    let server: Implementation
    let tools: any ToolListing
    let timeToLive: Int
    let maximumInstructions: Int

    /// How to use a view whose tools are not listed.
    private static let search = """
        There are more tools here than are listed: find the one you need with beamline_find_tools, read its definition \
        with beamline_describe_tool, and run it with beamline_call_tool or by its own name.
        """

    /// What is served, with the extension that only some callers have a use for.
    func capabilities(for caller: Caller) -> ServerCapabilities {
        ServerCapabilities(hasInterfaces: tools.hasInterfaces(in: caller.view, for: caller.principal))
    }

    /// What depends on a token is for its bearer only.
    func cacheHints(for caller: Caller) -> CacheHints {
        CacheHints(timeToLive: timeToLive, scope: caller.principal.isAnonymous ? .public : .private)
    }

    /// Which experiments the caller finds in the view; nil when there are none.
    func instructions(for caller: Caller) -> String? {
        let namespaces = tools.namespaces(in: caller.view, for: caller.principal)
        guard !namespaces.isEmpty else { return nil }
        var text = tools.isSearched(caller.view, for: caller.principal) ? Self.search + " " : ""
        text +=
            caller.view.isPrefixed
            ? "The name of each tool begins with its experiment's. Experiments here:" : "The tools here are those of:"
        for namespace in namespaces {
            let line = "\n- " + namespace.name + (namespace.title.map { ": " + $0 } ?? "")
            guard text.utf8.count + line.utf8.count <= maximumInstructions else { break }
            text += line
        }
        return text
    }
}
