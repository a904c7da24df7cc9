import CPluginAPI
import JSON

/// A request of the host, copied out of its memory.
struct PluginRequest: Sendable {
    let call: beam_call
    let method: UInt32
    let name: String
    let body: [UInt8]
    let context: [UInt8]

    init(_ request: beam_request) {
        unsafe call = request.call
        unsafe method = request.method
        unsafe name = request.name.text
        unsafe body = request.body.copied
        unsafe context = request.context.copied
    }
}

/// One instance of a plugin behind the C table: takes requests, runs each in a task, completes it once.
final class PluginInstance: Sendable {
    private let host: HostFunctions
    private let runners: [String: ToolRunner]
    private let calls = OpenCalls()

    init(host: HostFunctions, tools: [any Tool]) {
        self.host = host
        runners = Dictionary(tools.map { ($0.name, ToolRunner($0)) }, uniquingKeysWith: { first, _ in first })
    }

    /// The tools by name, to be compared with the manifest.
    var toolNames: Set<String> { Set(runners.keys) }

    /// Accepts a request (`BEAM_OK`: exactly one completion follows) or refuses it.
    func submit(_ request: PluginRequest) -> beam_status {
        switch request.method {
        case BEAM_M_START, BEAM_M_STOP:
            host.complete(request.call, status: BEAM_OK, structured: Array("{}".utf8))
            return BEAM_OK
        case BEAM_M_TOOL_CALL:
            guard let runner = runners[request.name] else { return BEAM_NOT_FOUND }
            start(runner, request)
            return BEAM_OK
        default:
            return BEAM_UNSUPPORTED
        }
    }

    func cancel(_ call: beam_call) {
        calls.cancel(call)
    }

    private func start(_ runner: ToolRunner, _ request: PluginRequest) {
        let call = request.call
        let task = Task {
            let outcome = await runner.run(
                request.body,
                context: request.context,
                host: CallBridge(host: host, call: call)
            )
            if let detail = outcome.detail { host.log(call, .warning, detail) }
            calls.ended(call)
            host.complete(call, status: outcome.status, structured: outcome.structured)
        }
        calls.started(call, task)
    }
}

extension Tool {
    var name: String { Self.description.name }
}
