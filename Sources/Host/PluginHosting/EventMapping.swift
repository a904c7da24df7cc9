import GatewayCore
import JSON
import PluginRuntime

/// Turns what a plugin says before it answers into what a caller may hear.
struct EventMapping: Sendable {
    /// The deepest nesting in a message's data.
    private static let depth = 64

    let namespace: String
    let listener: CallListener

    /// Takes one event of the plugin; what cannot be passed on is dropped.
    func hear(_ event: PluginEvent) -> PluginStatus {
        switch event {
        case .progress(let done, let total, let note):
            guard listener.wantsProgress else { return .ok }
            listener.hear(
                .progress(done: done, total: total > 0 ? total : nil, note: CallerText.cleaned(note))
            )
        case .log(let body):
            guard listener.severity != nil, let message = message(body) else { return .ok }
            listener.hear(.message(message))
        }
        return .ok
    }

    /// Reads `{"level","logger"?,"data"}`.
    private func message(_ body: [UInt8]) -> CallMessage? {
        let limits = JSONLimits(depth: Self.depth, bytes: body.count, refusesDuplicateNames: false)
        guard let root = try? JSONDocument(parsing: body, limits: limits).root,
            let severity = root["level"]?.string.flatMap(Severity.init(name:)),
            let data = root["data"]
        else { return nil }
        let part = CallerText.cleaned(root["logger"]?.string)
        return CallMessage(severity, logger: part.map { namespace + "." + $0 } ?? namespace, data: Array(data.bytes))
    }
}
