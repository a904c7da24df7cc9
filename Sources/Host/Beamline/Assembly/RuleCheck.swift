import PluginHosting
import Policy

/// Turns away a plugin whose auth rules cannot be used, so that it stops nobody else.
enum RuleCheck {
    static func checked(_ outcome: PluginLoadOutcome) -> PluginLoadOutcome {
        guard let plugin = try? outcome.result.get() else { return outcome }
        let problems = AuthDeclarationCheck.problems(in: plugin.manifest.auth)
        guard !problems.isEmpty else { return outcome }
        let sentences = problems.map { "\($0.place): \($0.message)" }.joined(separator: " ")
        return PluginLoadOutcome(
            path: outcome.path,
            isRequired: outcome.isRequired,
            result: .failure(PluginLoadFailure(.manifest, "Its auth rules cannot be used. \(sentences)"))
        )
    }
}
