package import PluginKit

/// Knows the queues jobs are sent to; each experiment has its own source.
package protocol QueueListing: Sendable {
    /// All queues.
    func queues(in context: CallContext) async throws(ToolError) -> [QueueItem]
}
