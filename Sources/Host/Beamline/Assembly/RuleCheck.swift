import PluginHosting
import Policy

/// Turns away a plugin whose auth rules cannot be used, so that it stops nobody else.
enum RuleCheck {
    static func checked(_ outcome: PluginLoadOutcome) -> PluginLoadOutcome {
        guard let plugin = try? outcome.result.get(), let failure = failure(of: plugin) else { return outcome }
        return PluginLoadOutcome(
            path: outcome.path,
            isRequired: outcome.isRequired,
            result: .failure(failure)
        )
    }

    /// What is wrong with a plugin's rules; nil when nothing is.
    static func failure(of plugin: LoadedPlugin) -> PluginLoadFailure? {
        let problems = AuthDeclarationCheck.problems(in: plugin.manifest.auth)
        guard !problems.isEmpty else { return nil }
        let sentences = problems.map { "\($0.place): \($0.message)" }.joined(separator: " ")
        return PluginLoadFailure(.manifest, "Its auth rules cannot be used. \(sentences)")
    }
}
