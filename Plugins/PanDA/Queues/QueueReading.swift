package import JSON
package import PluginKit

/// Finds one queue's record; each experiment has its own source.
package protocol QueueReading: Sendable {
    /// The record of a queue by its exact name, or nil when there is no such queue.
    func queue(named name: String, in context: CallContext) async throws(ToolError) -> QueueFacts?
}

/// One queue as a source knows it.
package struct QueueFacts: Sendable {
    package let name: String
    /// The record as the information system publishes it.
    package let record: JSONValue
    package let updated: Timestamp?

    package init(name: String, record: JSONValue, updated: Timestamp?) {
        self.name = name
        self.record = record
        self.updated = updated
    }
}
