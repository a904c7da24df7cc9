import ArgumentParser

/// Why a command ended without doing what it was asked: sentences for a person, and the exit status.
struct CommandFailure: Error {
    /// What the exit statuses mean.
    enum Code {
        /// The thing asked about is not in order.
        static let notInOrder = ExitCode(1)
        static let usage = ExitCode(2)
        /// Something that is needed cannot be reached.
        static let unreachable = ExitCode(3)
    }

    let exit: ExitCode
    let lines: [String]

    init(_ exit: ExitCode, _ lines: [String]) {
        self.exit = exit
        self.lines = lines
    }

    static func notInOrder(_ lines: String...) -> CommandFailure { CommandFailure(Code.notInOrder, lines) }
    static func usage(_ lines: String...) -> CommandFailure { CommandFailure(Code.usage, lines) }
    static func unreachable(_ lines: String...) -> CommandFailure { CommandFailure(Code.unreachable, lines) }
}
