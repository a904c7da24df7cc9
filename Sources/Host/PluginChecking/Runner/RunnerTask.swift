/// What a process of its own is asked to do with one plugin; it travels as arguments.
package struct RunnerTask: Hashable, Sendable {
    /// The check to make; `load` and `bench` besides the names of the report.
    package let check: String
    package let library: String
    package let recordings: String?
    package let settings: CheckSettings

    package init(check: String, library: String, recordings: String?, settings: CheckSettings) {
        self.check = check
        self.library = library
        self.recordings = recordings
        self.settings = settings
    }

    /// The command of the executable that takes these arguments.
    package static let command = "plugin-check-runner"

    /// Where the runner writes what it finds: a descriptor a plugin does not stumble on.
    package static let reportDescriptor: Int32 = 3

    package var arguments: [String] {
        [
            Self.command, check, library, recordings ?? "", "\(settings.deadline.wholeMilliseconds)",
            "\(settings.patience.wholeMilliseconds)", "\(settings.budget.wholeMilliseconds)", "\(settings.leakCalls)",
        ]
    }

    /// Reads what `arguments` wrote after the command; nil for anything else.
    package init?(arguments: [String]) {
        guard arguments.count == 7, let deadline = Int(arguments[3]), let patience = Int(arguments[4]),
            let budget = Int(arguments[5]), let leakCalls = Int(arguments[6])
        else { return nil }
        check = arguments[0]
        library = arguments[1]
        recordings = arguments[2].isEmpty ? nil : arguments[2]
        var settings = CheckSettings()
        settings.deadline = .milliseconds(deadline)
        settings.patience = .milliseconds(patience)
        settings.budget = .milliseconds(budget)
        settings.leakCalls = leakCalls
        self.settings = settings
    }
}
