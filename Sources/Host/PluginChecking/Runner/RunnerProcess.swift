import Glibc
import PluginHosting

/// The parent's side: a child that makes one check, and what becomes of it.
struct RunnerProcess: Sendable {
    enum End: Hashable, Sendable {
        case exited(Int32)
        case signalled(Int32)
        /// It was ended, because its time was over.
        case outOfTime
        /// It was ended, because it used more memory than it may, in bytes.
        case memory(Int)
        /// It could not be started; why, in a sentence.
        case notStarted(String)
    }

    let end: End
    let report: RunnerReport
    /// What the system refused the plugin, in the order in which it asked.
    let refusals: [Refusal]
    /// Whether refused calls are told at all.
    let hasWitness: Bool
    /// The last of what it wrote to its standard error.
    let lastWords: String

    /// Private memory of the host around the plugin, in bytes.
    private static let memoryReserve = 256 << 20

    /// Runs a check to its end, which comes when the plugin uses more memory than it may in a worker.
    ///
    /// Blocks.
    init(_ task: RunnerTask, image: WorkerImage, memoryMebibytes: Int, executable: String) {
        let process: WorkerProcess
        do throws(WorkerProcess.Failure) {
            process = try WorkerProcess.start(executable, task.arguments, image: image.descriptor)
        } catch {
            end = .notStarted(error.reason)
            report = RunnerReport()
            refusals = []
            hasWitness = false
            lastWords = ""
            return
        }
        var hearing = RunnerHearing(process, mostMemory: memoryMebibytes << 20 + Self.memoryReserve)
        let isCut = hearing.run(until: ContinuousClock.now + task.settings.budget)
        // Its threads and children as well.
        kill(-process.pid, SIGKILL)
        hearing.close()
        let status = Self.wait(for: process.pid)
        report = RunnerReport(reading: hearing.written)
        refusals = hearing.refusals
        hasWitness = hearing.hasWitness
        lastWords = String(decoding: hearing.said, as: UTF8.self)
        end = isCut ?? (status & 0x7f == 0 ? .exited(status >> 8 & 0xff) : .signalled(status & 0x7f))
    }

    private static func wait(for child: pid_t) -> Int32 {
        var status: Int32 = 0
        while unsafe waitpid(child, &status, 0) < 0, errno == EINTR {}
        return status
    }
}
