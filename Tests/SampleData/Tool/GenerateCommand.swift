internal import ArgumentParser
internal import SampleData

/// Writes the two databases.
struct GenerateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "generate",
        abstract: "Write \(SampleFiles.monitorName) and \(SampleFiles.pandaName).",
        discussion: "The same seed, time and number of jobs give the same rows."
    )

    @Option(help: "The folder to write to; made when it is missing.")
    var directory: String

    @Option(help: "Chooses the numbers.")
    var seed: UInt64 = 42

    @Option(help: "The time to count back from, such as 2026-11-21T05:00:00Z. The current time without it.")
    var now: String?

    @Option(help: "How many jobs, besides those with something awkward.")
    var jobs = 20000

    func validate() throws {
        guard (0...1_000_000).contains(jobs) else {
            throw ValidationError("--jobs must be from 0 to 1000000; it is \(jobs).")
        }
        if let now, SampleInstant(parsing: now) == nil {
            throw ValidationError("--now must be a time in UTC such as 2026-11-21T05:00:00Z; it is '\(now)'.")
        }
    }

    func run() async throws {
        let clock = SampleClock(now: now.flatMap { SampleInstant(parsing: $0) } ?? .current)
        try SampleFiles.write(SampleDatabase(seed: seed, clock: clock, jobCount: jobs), to: directory)
        print("wrote \(SampleFiles.monitorName) and \(SampleFiles.pandaName) to \(directory)")
    }
}
