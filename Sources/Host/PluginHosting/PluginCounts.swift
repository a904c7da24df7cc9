/// How the calls of a plugin stand at one moment; for metrics.
package struct PluginCounts: Hashable, Sendable {
    /// How many calls the plugin has.
    package let open: Int
    /// How many calls wait for their turn.
    package let waiting: Int
    /// How many calls were given up and still hold their places, because the plugin never completed them.
    package let lost: Int
    /// How many completions were late, doubled or invented, since the plugin was loaded.
    package let staleCompletions: UInt64

    package init(open: Int, waiting: Int, lost: Int, staleCompletions: UInt64) {
        self.open = open
        self.waiting = waiting
        self.lost = lost
        self.staleCompletions = staleCompletions
    }
}
