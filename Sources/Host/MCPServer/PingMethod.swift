import JSON
import MCPModel

/// `ping`: whether anybody is there (2025-11-25 basic/utilities/ping).
struct PingMethod: ServerMethod {
    let name = "ping"
    let eras: Set<Era> = [.session]

    func answer(_ parameters: JSONNode?, of caller: Caller, in revision: Revision) async -> MethodAnswer {
        .result(EmptyResult())
    }
}
