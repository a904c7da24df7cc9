import CPluginAPI
import JSON

/// The host as one call reaches it, over the C table.
struct CallBridge: HostCalling {
    let host: HostFunctions
    let call: beam_call

    func invoke(_ operation: String, body: [UInt8]) async -> HostReply {
        let reference = InvokeReference()
        return await withTaskCancellationHandler {
            await withCheckedContinuation { (continuation: CheckedContinuation<HostReply, Never>) in
                let (status, id) = host.invoke(parent: call, operation: operation, body: body) { reply in
                    continuation.resume(returning: reply)
                }
                guard status == BEAM_OK else {
                    continuation.resume(returning: HostReply(status: status, body: Array("{}".utf8)))
                    return
                }
                if reference.started(id) { host.abort(id) }
            }
        } onCancel: {
            if let id = reference.cancel() { host.abort(id) }
        }
    }

    func progress(done: Double, total: Double?, note: String) {
        host.progress(call, done, total, note)
    }

    func tell(_ level: MessageLevel, data: JSONValue, logger: String?) {
        var writer = JSONWriter()
        writer.beginObject()
        writer.name("level")
        writer.write(level.rawValue)
        if let logger {
            writer.name("logger")
            writer.write(logger)
        }
        writer.name("data")
        writer.write(data)
        writer.endObject()
        host.emit(call, BEAM_E_LOG, writer.bytes)
    }

    func announce(_ change: PluginChange) {
        switch change {
        case .tools: host.notify(BEAM_N_LIST_CHANGED, ["lists": ["tools"]])
        case .resources: host.notify(BEAM_N_LIST_CHANGED, ["lists": ["resources", "resourceTemplates"]])
        case .prompts: host.notify(BEAM_N_LIST_CHANGED, ["lists": ["prompts"]])
        case .resource(let uri): host.notify(BEAM_N_RESOURCE_UPDATED, ["uri": .string(uri)])
        }
    }

    func log(_ level: LogLevel, _ message: String) {
        host.log(call, level, message)
    }
}
