import JSON
import MCPModel

/// `tools/list`: the tools the caller may see, page by page.
struct ListToolsMethod: ServerMethod {
    let name = ListToolsRequest.method
    let eras: Set<Era> = [.modern, .session]
    let tools: any ToolListing
    let introduction: Introduction

    func answer(_ parameters: JSONNode?, of caller: Caller, in revision: Revision) async -> MethodAnswer {
        do {
            let request = try ListToolsRequest(parameters)
            let page = try page(request, caller, revision)
            return .result(ListToolsResult(page: page, cacheHints: introduction.cacheHints(for: caller)))
        } catch {
            return .error(error)
        }
    }

    private func page(
        _ request: ListToolsRequest,
        _ caller: Caller,
        _ revision: Revision
    ) throws(ProtocolError) -> ToolPage {
        do {
            return try tools.tools(
                in: caller.view,
                for: caller.principal,
                form: revision.toolForm,
                after: request.cursor
            )
        } catch {
            throw ProtocolError(error)
        }
    }
}
