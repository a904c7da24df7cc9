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
    private let plugin: any Plugin
    private let runners: [String: ToolRunner]
    private let items: ItemRunner
    private let sources: SourceRunner
    private let calls = OpenCalls()

    init(host: HostFunctions, plugin: some Plugin) {
        self.host = host
        self.plugin = plugin
        items = ItemRunner(plugin)
        sources = SourceRunner(plugin)
        let tools = plugin.tools
        runners = Dictionary(tools.map { ($0.name, ToolRunner($0)) }, uniquingKeysWith: { first, _ in first })
    }

    /// The names of everything it answers for, to be compared with the manifest.
    var names: Set<String> { Set(runners.keys).union(items.names).union(sources.names) }

    /// Accepts a request (`BEAM_OK`: exactly one completion follows) or refuses it.
    func submit(_ request: PluginRequest) -> beam_status {
        switch request.method {
        case BEAM_M_START, BEAM_M_STOP:
            host.complete(request.call, status: BEAM_OK, structured: Array("{}".utf8))
            return BEAM_OK
        case BEAM_M_LIST:
            guard let items = FurtherItems(of: plugin).document(request.name) else { return BEAM_UNSUPPORTED }
            host.complete(request.call, status: BEAM_OK, structured: items.serialized)
            return BEAM_OK
        case BEAM_M_TOOL_CALL:
            guard let runner = runner(request.name) else { return BEAM_NOT_FOUND }
            start(request) { host in await runner.run(request.body, context: request.context, host: host) }
            return BEAM_OK
        case BEAM_M_RESOURCE_READ:
            start(request) { [items] (body, context) async throws(ToolError) in
                try await items.read(request.name, body, in: context)
            }
            return BEAM_OK
        case BEAM_M_PROMPT_GET:
            start(request) { [items] (body, context) async throws(ToolError) in
                try await items.messages(request.name, body, in: context)
            }
            return BEAM_OK
        case BEAM_M_COMPLETION:
            start(request) { [items] (body, context) async throws(ToolError) in
                try await items.values(request.name, body, in: context)
            }
            return BEAM_OK
        case BEAM_M_AUTHORIZE:
            start(request) { [plugin] (body, context) async throws(ToolError) in
                let question = try AuthorizationRequest(request.name, body)
                return try await plugin.authorize(question, in: context).document.serialized
            }
            return BEAM_OK
        case BEAM_M_SOURCE_QUERY:
            start(request) { [sources] bridge in
                await ToolRunner.answer(
                    request.body,
                    context: request.context,
                    host: bridge,
                    unsupported: BEAM_UNSUPPORTED
                ) { (body, context) async throws(ToolError) in
                    try await sources.answer(request.name, body, in: context)
                }
            }
            return BEAM_OK
        case BEAM_M_SUBSCRIBE:
            start(request) { [items, host] bridge in
                await ToolRunner.watch(
                    request.body,
                    context: request.context,
                    host: bridge,
                    unsupported: BEAM_UNSUPPORTED
                ) { (body, watch) async throws(ToolError) in
                    try await items.watch(request.name, body, with: watch)
                } updated: {
                    host.notify(BEAM_N_RESOURCE_UPDATED, ["uri": .string(request.name)])
                }
            }
            return BEAM_OK
        default:
            return BEAM_UNSUPPORTED
        }
    }

    func cancel(_ call: beam_call) {
        calls.cancel(call)
    }

    private func runner(_ name: String) -> ToolRunner? {
        runners[name] ?? plugin.furtherTools.first { $0.name == name }.map { ToolRunner($0) }
    }

    private func start(
        _ request: PluginRequest,
        _ answer: @escaping @Sendable (JSONNode, CallContext) async throws(ToolError) -> [UInt8]
    ) {
        start(request) { host in
            await ToolRunner.run(request.body, context: request.context, host: host, answer)
        }
    }

    private func start(
        _ request: PluginRequest,
        _ run: @escaping @Sendable (CallBridge) async -> ToolRunner.Outcome
    ) {
        let call = request.call
        let task = Task {
            let outcome = await run(CallBridge(host: host, call: call))
            if let detail = outcome.detail { host.log(call, .warning, detail) }
            calls.ended(call)
            host.complete(
                call,
                status: outcome.status,
                isError: outcome.isError,
                structured: outcome.answer.structured,
                content: outcome.answer.content
            )
        }
        calls.started(call, task)
    }
}

extension Tool {
    var name: String { Self.description.name }
}
