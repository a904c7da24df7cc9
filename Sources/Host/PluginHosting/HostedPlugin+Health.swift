import GatewayCore
import JSON
import Logging
import PluginRuntime
import Synchronization

extension HostedPlugin {
    /// How the plugin said it is when it was asked last; ok before that.
    package var health: PluginHealth { lastHealth.withLock { $0 } }

    /// Asks the plugin how it is; one that does not know the question is ok, and one that does not answer is down.
    package func askHealth(within limit: Duration) async {
        let answer = await plugin.call(
            PluginRequest(method: .health, deadline: .after(limit), isRepeatable: true)
        )
        // Nobody waits for the answer any more: the gateway stops.
        guard answer.fault != .cancelled else { return }
        let health = Self.health(in: answer)
        let before = lastHealth.withLock { last in
            defer { last = health }
            return last
        }
        guard health != before else { return }
        logger.log(
            level: health == .ok ? .notice : .warning,
            "The plugin says how it is",
            metadata: ["health": "\(health.rawValue)", "before": "\(before.rawValue)", "answer": "\(answer.status)"]
        )
    }

    private static func health(in answer: PluginReply) -> PluginHealth {
        switch answer.status {
        case .unsupported: .ok
        case .ok:
            (try? JSONDocument(parsing: answer.structured))?.root["status"]?.string
                .flatMap(PluginHealth.init(rawValue:)) ?? .down
        default: .down
        }
    }
}
