import CSandbox
import Glibc
import PluginHosting
import PluginWire

/// The child's side: makes one check in this process, which may not survive it.
///
/// Descriptor 0 is the socket to the process that asks, 1 the sealed library, 2 a pipe for what is printed as an error.
package enum CheckRunner {
    /// Whether these are the arguments of a runner, those of the program included.
    package static func isMeant(by arguments: [String]) -> Bool {
        arguments.dropFirst().first == RunnerTask.command
    }

    /// Makes the check and ends the process.
    ///
    /// Blocks its thread. Must be the first thing the process does: threads that exist before are not walled in.
    package static func run(_ arguments: [String]) async -> Never {
        guard let task = RunnerTask(arguments: Array(arguments.dropFirst(2))) else {
            let line = Array("This command belongs to `beamline plugin check`; use that.\n".utf8)
            _ = unsafe Glibc.write(2, line, line.count)
            _exit(2)
        }
        var (channel, image): (CInt, CInt) = (-1, -1)
        let settled = unsafe sandbox_settle("beamline-check", &channel, &image)
        guard settled == 0, sandbox_follow(task.parent) == 0 else { _exit(2) }
        // A worker heeds none of these; here it must be seen whether the plugin does.
        for number in 1..<Int32(32) { signal(number, SIG_DFL) }
        let runner = Running(task: task, channel: channel, library: "/proc/self/fd/\(image)")
        runner.write(await runner.report().line)
        // Not by exit: the plugin's destructors have no part in the check.
        _exit(0)
    }
}

private struct Running: Sendable {
    let task: RunnerTask
    let channel: CInt
    /// What the loader is given.
    let library: String

    func report() async -> RunnerReport {
        var report = RunnerReport()
        var recordings = Recordings()
        do throws(Recordings.Failure) {
            // Before the walls, which hide the files.
            if let folder = task.recordings { recordings = try Recordings(folder: folder) }
        } catch {
            report.findings = [Finding("check", error.reason, remedy: "Correct the file.")]
            return report
        }
        if let required = task.settings.walls, let missing = wallIn(required) {
            report.failure = missing
            return report
        }
        if task.check == LoadCheck.name {
            (report.manifest, report.findings) = LoadCheck.run(library, recordings) { mark($0) }
            return report
        }
        do {
            mark("loading")
            if task.check == LatencyBench.name {
                report.latencies = try await LatencyBench.inProcess(library, recordings, task.settings)
                return report
            }
            let library = try ProbeLibrary(loading: library)
            let stand = CheckStand(
                library: library,
                manifest: try PluginManifest(parsing: library.manifest),
                recordings: recordings,
                settings: task.settings,
                mark: { mark($0) }
            )
            if let check = CallCheck.all.first(where: { $0.name == task.check }) {
                report.findings = try await check.run(stand)
            }
        } catch let error as CheckStand.NotServing {
            report.skipped = error.reason
        } catch {
            report.skipped = "the plugin could not be used again: \(error)"
        }
        return report
    }

    /// Walls the process in and says how.
    /// - Returns: why it is not, nil when it is.
    private func wallIn(_ required: SandboxLayers) -> String? {
        var plan = sandbox_plan(
            required: required.union(.always).rawValue,
            data_bytes: RunnerTask.dataBytes,
            descriptors: RunnerTask.descriptors,
            threads: RunnerTask.threads,
            witness: channel
        )
        var report = sandbox_report()
        guard unsafe sandbox_enter(&plan, &report) == 0 else {
            return "the layer \(SandboxLayers.names(report.missing)) is not to be had (error \(report.error))"
        }
        write(RunnerReport.line(walls: SandboxLayers(rawValue: report.layers)))
        return nil
    }

    private func mark(_ text: String) {
        write(RunnerReport.line(mark: text))
    }

    func write(_ bytes: [UInt8]) {
        var written = 0
        while written < bytes.count {
            let count = unsafe bytes[written...].withUnsafeBytes {
                unsafe Glibc.send(channel, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return }
            written += count
        }
    }
}
