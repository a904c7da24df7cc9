/// What the tests of one run share because it takes long to make: sample data, recorded answers, a gateway.
package actor SharedSite {
    package static let shared = SharedSite()

    /// How many ordinary jobs the databases hold: enough for every tool to find something, and quick to write.
    private static let jobs = 2000

    private var sampleData: Task<String, any Error>?
    private var replay: Task<ReplayServer, any Error>?
    private var gateway: Task<GatewayProcess, any Error>?

    /// The folder with the two sample databases.
    package static func sampleData() async throws -> String { try await shared.sampleDataTask().value }

    /// The server of recorded answers.
    package static func replay() async throws -> ReplayServer { try await shared.replayTask().value }

    /// A gateway with the three experiments, which nobody may stop.
    package static func gateway() async throws -> GatewayProcess { try await shared.gatewayTask().value }

    private func sampleDataTask() -> Task<String, any Error> {
        if let sampleData { return sampleData }
        let task = Task {
            let folder = try RunFolder.current.subfolder("data")
            let run = try await ProgramRun.run(
                BuiltPrograms.path(of: BuiltPrograms.sampleData),
                ["generate", "--directory", folder, "--jobs", "\(Self.jobs)"]
            )
            guard run.exitStatus == 0 else {
                throw SetupFailure("The sample data is not made: \(run)")
            }
            return folder
        }
        sampleData = task
        return task
    }

    private func replayTask() -> Task<ReplayServer, any Error> {
        if let replay { return replay }
        let task = Task { try await ReplayServer.start() }
        replay = task
        return task
    }

    private func gatewayTask() -> Task<GatewayProcess, any Error> {
        if let gateway { return gateway }
        let task = Task { try await GatewayProcess.start() }
        gateway = task
        return task
    }
}
