/// How a plugin wants to be run: the manifest's `execution`.
package struct PluginExecution: Hashable, Sendable {
    /// How many calls may be open at once, from 1; START, STOP, HEALTH, LIST and SUBSCRIBE are not counted.
    package var concurrency: Int
    /// Whether `submit` may block; it then runs on threads of its own.
    package var blocks: Bool
    /// How long START may take.
    package var startTimeout: Duration
    /// How much memory a worker of its own may use, in mebibytes.
    package var memoryMebibytes: Int

    package init(
        concurrency: Int = 16,
        blocks: Bool = false,
        startTimeout: Duration = .seconds(10),
        memoryMebibytes: Int = 512
    ) {
        self.concurrency = concurrency
        self.blocks = blocks
        self.startTimeout = startTimeout
        self.memoryMebibytes = memoryMebibytes
    }
}
