/// Tokens already issued, so that not every test starts a program for one.
actor TokenShelf {
    private var tokens: [[String]: Task<String, any Error>] = [:]

    /// What `beamline` prints for these arguments.
    func token(_ arguments: [String]) async throws -> String {
        if let task = tokens[arguments] { return try await task.value }
        let task = Task {
            let run = try await ProgramRun.run(BuiltPrograms.path(of: BuiltPrograms.gateway), arguments)
            guard run.exitStatus == 0 else { throw SetupFailure("There is no token: \(run)") }
            return String(run.output.filter { !$0.isWhitespace })
        }
        tokens[arguments] = task
        return try await task.value
    }
}
