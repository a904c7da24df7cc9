import PluginKit
import Synchronization

/// The namespaces in which a workflow is being started: of two starts at a time only one may take the execution that
/// comes for its own.
final class StartsUnderWay: Sendable {
    private let namespaces = Mutex<Set<String>>([])

    /// Carries out a start, unless there is one under way in the namespace.
    func only<Answer>(
        in namespace: String,
        _ start: () async throws(ToolError) -> Answer
    ) async throws(ToolError) -> Answer {
        guard namespaces.withLock({ $0.insert(namespace).inserted }) else {
            throw ToolError(
                .conflict,
                "Another start is under way in this namespace, so nothing was started.",
                hint: "swf_list_workflow_executions with currently_running shows what came of it."
            )
        }
        defer { _ = namespaces.withLock { $0.remove(namespace) } }
        return try await start()
    }
}
