package import PluginWire

/// How one check of a plugin ended.
package struct CheckOutcome: Hashable, Sendable {
    /// Which check.
    package let check: String
    /// What it looks at, in a few words.
    package let subject: String
    package var findings: [Finding]
    /// Why it was not made; nil when it was.
    package var skipped: String?

    package init(check: String, subject: String, findings: [Finding] = [], skipped: String? = nil) {
        self.check = check
        self.subject = subject
        self.findings = findings
        self.skipped = skipped
    }

    package var errors: [Finding] { findings.filter { $0.severity == .error } }
    package var warnings: [Finding] { findings.filter { $0.severity == .warning } }
}

/// What became of all checks of one plugin.
package struct CheckReport: Hashable, Sendable {
    /// The library that was checked.
    package let library: String
    package var outcomes: [CheckOutcome]
    package var latencies: [ToolLatency]
    /// The walls that were around the plugin whenever it ran; nil when it ran without any, or not at all.
    package var walls: SandboxLayers?

    package init(library: String, outcomes: [CheckOutcome] = [], latencies: [ToolLatency] = []) {
        self.library = library
        self.outcomes = outcomes
        self.latencies = latencies
    }

    package var errorCount: Int { outcomes.reduce(0) { $0 + $1.errors.count } }
    package var warningCount: Int { outcomes.reduce(0) { $0 + $1.warnings.count } }
    /// Whether every check was made and none found an error.
    package var isInOrder: Bool { errorCount == 0 && outcomes.allSatisfy { $0.skipped == nil } }
}

/// How long the answers of a tool take, one call after the other.
package struct ToolLatency: Hashable, Sendable {
    /// Where the plugin ran while it was measured.
    package enum Mode: String, Hashable, Sendable {
        case inProcess = "in-process"
        case worker
    }

    package let tool: String
    package let mode: Mode
    package let calls: Int
    /// Calls in a second.
    package let rate: Double
    /// The time within which half of the calls were answered, in nanoseconds.
    package let median: Int64
    /// The time within which 99 of 100 calls were answered, in nanoseconds.
    package let slowest: Int64
    /// The processor time of a call on both sides together, in nanoseconds.
    package let processorTime: Int64

    package init(
        tool: String,
        mode: Mode,
        calls: Int,
        rate: Double,
        median: Int64,
        slowest: Int64,
        processorTime: Int64
    ) {
        self.tool = tool
        self.mode = mode
        self.calls = calls
        self.rate = rate
        self.median = median
        self.slowest = slowest
        self.processorTime = processorTime
    }
}
