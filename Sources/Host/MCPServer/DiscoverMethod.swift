import JSON
import MCPModel

/// `server/discover`: what the server is and can do.
struct DiscoverMethod: ServerMethod {
    let name = DiscoverResult.method
    let eras: Set<Era> = [.modern]
    let introduction: Introduction

    func answer(_ parameters: JSONNode?, of caller: Caller, in revision: Revision) async -> MethodAnswer {
        .result(
            DiscoverResult(
                capabilities: introduction.capabilities(for: caller),
                instructions: introduction.instructions(for: caller),
                cacheHints: introduction.cacheHints(for: caller)
            )
        )
    }
}
