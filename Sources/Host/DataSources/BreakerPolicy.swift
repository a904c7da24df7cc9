/// When a source counts as down and how it is tried again; each a field of the configuration.
package struct BreakerPolicy: Hashable, Sendable {
    /// So many failures in a row, none answered in between, take a source down; at least 1.
    package var failures: Int
    /// Only failures of this time back count.
    package var window: Duration
    /// An operation that ran into its deadline counts as a failure of the source when it had at least this long.
    ///
    /// Otherwise a plugin with no patience would take a source down for the others.
    package var patience: Duration
    /// How long a source rests before it is tried again; doubled with every try.
    package var firstRest: Duration
    /// The longest rest between two tries.
    package var longestRest: Duration

    package init(
        failures: Int = 3,
        window: Duration = .seconds(120),
        patience: Duration = .seconds(1),
        firstRest: Duration = .seconds(1),
        longestRest: Duration = .seconds(30)
    ) {
        self.failures = failures
        self.window = window
        self.patience = patience
        self.firstRest = firstRest
        self.longestRest = longestRest
    }
}
