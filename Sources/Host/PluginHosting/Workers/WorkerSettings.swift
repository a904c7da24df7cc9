package import PluginWire

/// How workers are run, the same for all plugins.
package struct WorkerSettings: Hashable, Sendable {
    /// The program that is started: this one, as it was when it started, whatever lies at its path now.
    package var program: String
    /// The layers without which no plugin is loaded, beside those that are always required.
    package var required: SandboxLayers
    /// How long a worker may leave a ping unanswered; counted in whole seconds.
    package var silence: Duration
    /// The pauses before the first, second and further restarts after crashes that follow each other.
    package var pauses: [Duration]
    /// So many crashes within the window, and the plugin rests.
    package var crashes: Int
    package var crashWindow: Duration
    /// How long a plugin rests then.
    package var rest: Duration
    /// How long calls of a worker that is replaced may go on.
    package var drain: Duration
    /// Log lines of one worker in a second; the others are counted.
    package var logLines: Int
    /// Whether a second process waits to take the place of one that crashes.
    package var keepsSpare: Bool

    package init(
        program: String = "/proc/self/exe",
        required: SandboxLayers = [],
        silence: Duration = .seconds(5),
        pauses: [Duration] = [.zero, .milliseconds(100), .milliseconds(500), .seconds(2), .seconds(10)],
        crashes: Int = 5,
        crashWindow: Duration = .seconds(60),
        rest: Duration = .seconds(60),
        drain: Duration = .seconds(30),
        logLines: Int = 100,
        keepsSpare: Bool = true
    ) {
        self.program = program
        self.required = required
        self.silence = silence
        self.pauses = pauses
        self.crashes = crashes
        self.crashWindow = crashWindow
        self.rest = rest
        self.drain = drain
        self.logLines = logLines
        self.keepsSpare = keepsSpare
    }
}
