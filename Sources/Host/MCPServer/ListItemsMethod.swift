import GatewayCore
import JSON
import MCPModel

/// `resources/list`, `resources/templates/list`, `prompts/list`: the items the caller may see, page by page.
struct ListItemsMethod: ServerMethod {
    let kind: ItemDescription.Kind
    let eras: Set<Era> = [.modern, .session]
    let items: any ItemListing
    let introduction: Introduction

    var name: String { kind.listMethod }

    func answer(_ parameters: JSONNode?, of caller: Caller, in revision: Revision) async -> MethodAnswer {
        do {
            let request = try ListToolsRequest(parameters)
            let page = try page(request.cursor, caller, revision)
            return .result(ListItemsResult(page: page, cacheHints: introduction.cacheHints(for: caller)))
        } catch {
            return .error(error)
        }
    }

    private func page(
        _ cursor: String?,
        _ caller: Caller,
        _ revision: Revision
    ) throws(ProtocolError) -> ItemPage {
        do {
            return try items.items(kind, in: caller.view, for: caller.principal, revision: revision, after: cursor)
        } catch {
            throw ProtocolError(error)
        }
    }
}
