package import PluginKit

/// Finds one task and what belongs to it; each experiment has its own source.
package protocol TaskReading: Sendable {
    /// What is known about a task, or nil when there is no such task.
    ///
    /// What could not be had beside the task itself is named in ``TaskFacts/missingParts``.
    func task(withID jeditaskid: Int, in context: CallContext) async throws(ToolError) -> TaskFacts?
}
