import PluginWire

/// What a process of its own is asked to do with one plugin; it travels as arguments.
package struct RunnerTask: Hashable, Sendable {
    /// The check to make; `load` and `bench` besides the names of the report.
    package let check: String
    package let recordings: String?
    package let settings: CheckSettings
    /// The process that asks, whose end ends this one.
    package let parent: Int32

    package init(check: String, recordings: String?, settings: CheckSettings, parent: Int32) {
        self.check = check
        self.recordings = recordings
        self.settings = settings
        self.parent = parent
    }

    /// The command of the executable that takes these arguments.
    package static let command = "plugin-check-runner"

    /// Descriptors open at once: more than in a worker, so that those a plugin loses can be counted.
    static let descriptors: UInt32 = 4096
    /// Threads, where the system counts them for this process alone; more than in a worker as well.
    static let threads: UInt32 = 4096
    /// Private writable addresses, in bytes; how many of them may be memory, the process that asks looks after.
    static let dataBytes: UInt64 = 16 << 30

    package var arguments: [String] {
        [
            Self.command, check, recordings ?? "", "\(settings.deadline.wholeMilliseconds)",
            "\(settings.patience.wholeMilliseconds)", "\(settings.budget.wholeMilliseconds)", "\(settings.leakCalls)",
            settings.walls.map { "\($0.rawValue)" } ?? "none", "\(parent)",
        ]
    }

    /// Reads what `arguments` wrote after the command; nil for anything else.
    package init?(arguments: [String]) {
        guard arguments.count == 8, let deadline = Int(arguments[2]), let patience = Int(arguments[3]),
            let budget = Int(arguments[4]), let leakCalls = Int(arguments[5]), let parent = Int32(arguments[7])
        else { return nil }
        check = arguments[0]
        recordings = arguments[1].isEmpty ? nil : arguments[1]
        self.parent = parent
        var settings = CheckSettings()
        settings.deadline = .milliseconds(deadline)
        settings.patience = .milliseconds(patience)
        settings.budget = .milliseconds(budget)
        settings.leakCalls = leakCalls
        settings.walls = UInt32(arguments[6]).map(SandboxLayers.init(rawValue:))
        self.settings = settings
    }
}
