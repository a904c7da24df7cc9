import AuthorizationServer
import GatewayCore
import HTTPServer

/// The page at the public URL.
extension AuthorizationEndpoints {
    /// The page for a browser; what clients speak is nowhere here, and they are told where it is.
    func home(_ request: HTTPRequest) async -> HTTPResponse {
        guard ["GET", "HEAD"].contains(request.method), request.acceptsPage else {
            return .plain(404, "There is nothing for programs here. The MCP endpoint is \(place.root)/mcp.")
        }
        let visitor = await server.visitor(jar.read(request))
        let front = FrontPage(
            root: place.root,
            views: views,
            providers: server.settings.providers,
            isForOneMachine: server.settings.isForOneMachine
        )
        let page = front.page(offers.offers(to: visitor?.principal ?? .anonymous), visitor)
        return page.response(at: place)
    }
}

extension HTTPRequest {
    /// Whether a page is among what the sender takes (RFC 9110 section 12.5.1); who does not say takes everything.
    fileprivate var acceptsPage: Bool {
        let sent = headers.values("Accept")
        guard !sent.isEmpty else { return true }
        return sent.joined(separator: ",").split(separator: ",").contains { item in
            let parts = item.split(separator: ";").map { $0.filter { $0 != " " && $0 != "\t" }.lowercased() }
            guard let type = parts.first, ["text/html", "text/*", "*/*"].contains(type) else { return false }
            return !parts.dropFirst().contains { $0 == "q=0" || $0.hasPrefix("q=0.") && Double($0.dropFirst(2)) == 0 }
        }
    }
}
