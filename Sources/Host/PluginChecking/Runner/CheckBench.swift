import FoundationEssentials
import Glibc
import PluginHosting
import PluginRuntime
import PluginWire

/// Where all checks of one plugin run, and what the walls around them saw.
struct CheckBench {
    private let image: WorkerImage
    private let folder: PluginFolder
    private let settings: CheckSettings
    private let executable: String
    private var memoryMebibytes: Int
    private var refusals: [Refusal] = []
    private var taken = 0
    /// The checks that were made.
    private(set) var made: Set<String> = []
    /// The walls that were in force in every run; nil when nothing ran within walls.
    private(set) var walls: SandboxLayers?
    /// Whether refused calls were told.
    private(set) var hasWitness = true

    init(image: WorkerImage, folder: PluginFolder, settings: CheckSettings, executable: String) {
        self.image = image
        self.folder = folder
        self.settings = settings
        self.executable = executable
        memoryMebibytes = PluginExecution().memoryMebibytes
        learn(folder.manifest.flatMap { FileManager.default.contents(atPath: $0) }.map { [UInt8]($0) })
    }

    /// Takes from a manifest how much memory the plugin may use.
    mutating func learn(_ manifest: [UInt8]?) {
        guard let manifest, let manifest = try? PluginManifest(parsing: manifest) else { return }
        memoryMebibytes = manifest.execution.memoryMebibytes
    }

    /// Runs one check to its end; blocks.
    mutating func run(_ check: String) -> RunnerProcess {
        made.insert(check)
        let task = RunnerTask(check: check, recordings: folder.recordings, settings: settings, parent: getpid())
        let run = RunnerProcess(task, image: image, memoryMebibytes: memoryMebibytes, executable: executable)
        if let found = run.report.walls { walls = walls.map { $0.intersection(found) } ?? found }
        hasWitness = hasWitness && run.hasWitness
        for refusal in run.refusals where !refusals.contains(where: { $0.isLike(refusal) }) {
            refusals.append(refusal)
        }
        return run
    }

    /// Measures the plugin in its process and, where it may be in walls, in a worker.
    mutating func measure() async -> (outcome: CheckOutcome, latencies: [ToolLatency]) {
        var outcome = CheckOutcome(check: LatencyBench.name, subject: LatencyBench.subject)
        let run = run(LatencyBench.name)
        var latencies = run.report.latencies
        if let reason = run.report.skipped ?? run.report.failure {
            outcome.findings.append(LatencyBench.notMeasured(.inProcess, reason))
        } else if let death = CauseOfDeath(run, budget: settings.budget) {
            outcome.findings.append(death.finding(remedy: "Run the plugin's own tests with -fsanitize=address."))
        }
        guard settings.walls != nil else { return (outcome, latencies) }
        do {
            latencies += try await LatencyBench.inWorker(
                image,
                memoryMebibytes: memoryMebibytes,
                try folder.recordings.map { try Recordings(folder: $0) } ?? Recordings(),
                settings,
                executable: executable
            )
        } catch {
            outcome.findings.append(LatencyBench.notMeasured(.worker, "\(error)"))
        }
        return (outcome, latencies)
    }

    /// What was refused and not taken before, each once.
    mutating func takeRefusals() -> [Refusal] {
        defer { taken = refusals.count }
        return Array(refusals[taken...])
    }
}
