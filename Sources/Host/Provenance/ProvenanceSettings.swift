/// How much is remembered of results.
package struct ProvenanceSettings: Hashable, Sendable {
    /// The file, which is made for its owner alone when it is not there.
    package var path: String
    /// How many results are remembered; the oldest are forgotten first.
    package var results: Int
    /// How long one is remembered.
    package var retention: Duration
    /// How many different values of one result are remembered; whether others occur in it cannot be told.
    package var valuesPerResult: Int
    /// How many results may wait to be written; one more is lost and counted.
    package var waiting: Int
    /// How many bytes of them may.
    package var waitingBytes: Int

    package init(
        path: String,
        results: Int = 100_000,
        retention: Duration = .seconds(7 * 86_400),
        valuesPerResult: Int = 4096,
        waiting: Int = 8192,
        waitingBytes: Int = 64 << 20
    ) {
        self.path = path
        self.results = results
        self.retention = retention
        self.valuesPerResult = valuesPerResult
        self.waiting = waiting
        self.waitingBytes = waitingBytes
    }
}
