package import PluginKit

/// Reads what is known of one run.
package protocol RunReading: Sendable {
    /// The run, or nil when there is none.
    func run(_ reference: RunReference, in context: CallContext) async throws(ToolError) -> RunFacts?
}
