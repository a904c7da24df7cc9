package import PluginKit

/// Tells tasks that nobody finishes or aborts any more: they would fill every list for ever.
package enum ForgottenTask {
    /// A task older than this many days that has not ended is left out of lists, unless it is asked for by its id.
    package static let days = 60

    /// Tasks created before this moment are left out when they have not ended.
    package static func limit(now: Timestamp) -> Timestamp {
        now.subtracting(days: days)
    }

    /// The states that end a task, in a fixed order.
    package static let finalStates = TaskState.final.sorted()
}
