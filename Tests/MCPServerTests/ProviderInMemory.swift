import GatewayCore
import Synchronization

/// Answers by the tool's local name.
final class ProviderInMemory: ToolProvider {
    /// The arguments with which `jobs` waits until it is cancelled.
    static let patience = #"{"site":"PATIENCE"}"#

    private let waiters = Mutex<[UInt64: CheckedContinuation<Void, Never>]>([:])
    private let count = Atomic<UInt64>(0)

    /// How many calls wait to be cancelled.
    var waiting: Int { waiters.withLock { $0.count } }

    func call(_ call: ProviderCall) async -> ProviderReply {
        switch call.tool {
        case "jobs":
            if String(decoding: call.arguments, as: UTF8.self) == Self.patience { await wait(call.listener) }
            let start = Array("{\"received\":".utf8)
            let end = Array(",\"note\":\"a \\\"quoted\\\" word\"}".utf8)
            return .result(ProviderResult(structured: start + call.arguments + end))
        case "link":
            let content = """
                [{"type":"resource_link","name":"log","uri":"log:1"},{"type":"text","text":"end"}]
                """
            let meta = "{\"io.modelcontextprotocol/serverInfo\":{},\"org.example/note\":\"p\"}"
            return .result(ProviderResult(structured: [], content: Array(content.utf8), meta: Array(meta.utf8)))
        case "busy":
            return .failure(GatewayError(.unavailable, "Busy.", hint: "Wait.", retryAfterMilliseconds: 1500))
        case "broken":
            return .result(ProviderResult(structured: Array("{\"reason\":\"own words\"}".utf8), isError: true))
        case "count":
            tell(call.listener)
            return .result(ProviderResult(structured: Array("[1,2,3]".utf8)))
        default: return .result(ProviderResult(structured: Array("[1,2,3]".utf8)))
        }
    }

    /// Says the same to everybody, wanted or not.
    private func tell(_ listener: CallListener?) {
        // In an order that is the same whether they are written one by one or together.
        listener?.hear(.message(CallMessage(.debug, logger: "epic", data: Array("\"begins\"".utf8))))
        listener?.hear(.message(CallMessage(.warning, data: Array("{\"left\":\n0}".utf8))))
        listener?.hear(.progress(done: 3, total: 3, note: "all"))
        listener?.hear(.progress(done: 2, total: 3, note: "backwards"))
    }

    /// Waits until the task is cancelled, which may have been before.
    private func wait(_ listener: CallListener?) async {
        let number = count.wrappingAdd(1, ordering: .relaxed).newValue
        listener?.hear(.progress(done: 1, total: nil, note: "waits"))
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isCancelled = waiters.withLock { waiters in
                    if Task.isCancelled { return true }
                    waiters[number] = continuation
                    return false
                }
                if isCancelled { continuation.resume() }
            }
        } onCancel: {
            waiters.withLock { $0.removeValue(forKey: number) }?.resume()
        }
    }
}
