/// One run of a program to its end.
package struct ProgramRun: Sendable, CustomStringConvertible {
    package let exitStatus: Int32
    package let output: String
    package let errorOutput: String

    /// For the message of a failed expectation.
    package var description: String { "exit \(exitStatus)\n--- output\n\(output)\n--- errors\n\(errorOutput)" }

    /// Runs a program, and kills it when it takes longer than the limit.
    package static func run(
        _ program: String,
        _ arguments: [String],
        environment: [String: String] = [:],
        within limit: Duration = .seconds(300)
    ) async throws -> ProgramRun {
        try await end(of: ChildProcess(program, arguments, environment: environment), within: limit)
    }

    /// Waits for the end of a program that runs, and kills it when that takes longer than the limit.
    package static func end(of child: ChildProcess, within limit: Duration = .seconds(300)) async throws -> ProgramRun {
        let status = try await child.exitStatus(within: limit)
        return ProgramRun(exitStatus: status, output: child.output, errorOutput: child.errorOutput)
    }

    /// Runs a command of the gateway's program.
    package static func beamline(_ arguments: String...) async throws -> ProgramRun {
        try await beamline(arguments)
    }

    /// Runs a command of the gateway's program.
    package static func beamline(_ arguments: [String]) async throws -> ProgramRun {
        try await run(BuiltPrograms.path(of: BuiltPrograms.gateway), arguments)
    }
}
