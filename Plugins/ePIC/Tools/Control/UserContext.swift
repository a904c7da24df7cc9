import JSON
import PluginKit

/// What a caller's own `testbed.toml` says, for an answer; a file that cannot be read takes nothing else away.
struct UserContext: Sendable {
    var settings = TestbedSettings()
    /// Why it could not be read.
    var fault: String?

    static func read(in context: CallContext) async -> UserContext {
        do {
            return UserContext(settings: try await TestbedSettings.read(in: context))
        } catch {
            return UserContext(fault: error.message)
        }
    }

    func add(to object: inout JSONObject) {
        object["workflow_name"] = settings.workflow.map(JSONValue.string)
        object["config"] = settings.config.map(JSONValue.string)
        object["realtime"] = settings.isRealtime.map(JSONValue.bool)
        if !settings.parameters.members.isEmpty { object["parameters"] = .object(settings.parameters) }
        object["config_error"] = fault.map(JSONValue.string)
    }
}
