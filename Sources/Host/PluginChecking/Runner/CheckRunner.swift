import Glibc
import PluginHosting

/// The child's side: makes one check in this process, which may not survive it.
package enum CheckRunner {
    /// Makes the check and ends the process.
    ///
    /// Blocks.
    package static func run(_ task: RunnerTask) -> Never {
        write(report(of: task).line)
        // Not by exit: the plugin's destructors have no part in the check.
        _exit(0)
    }

    private static func report(of task: RunnerTask) -> RunnerReport {
        var report = RunnerReport()
        var recordings = Recordings()
        do throws(Recordings.Failure) {
            if let folder = task.recordings { recordings = try Recordings(folder: folder) }
        } catch {
            report.findings = [Finding("check", error.reason, remedy: "Correct the file.")]
            return report
        }
        if task.check == LoadCheck.name {
            (report.manifest, report.findings) = LoadCheck.run(task.library, recordings) { mark($0) }
            return report
        }
        do {
            let library = try ProbeLibrary(loading: task.library)
            let stand = CheckStand(
                library: library,
                manifest: try PluginManifest(parsing: library.manifest),
                recordings: recordings,
                settings: task.settings,
                mark: { mark($0) }
            )
            if task.check == LatencyBench.name {
                report.latencies = try LatencyBench.run(stand)
            } else if let check = CallCheck.all.first(where: { $0.name == task.check }) {
                report.findings = try check.run(stand)
            }
        } catch let error as CheckStand.NotServing {
            report.skipped = error.reason
        } catch {
            report.skipped = "the plugin could not be loaded again: \(error)"
        }
        return report
    }

    private static func mark(_ text: String) {
        write(RunnerReport.line(mark: text))
    }

    private static func write(_ bytes: [UInt8]) {
        var written = 0
        while written < bytes.count {
            let count = unsafe bytes[written...].withUnsafeBytes {
                unsafe Glibc.write(RunnerTask.reportDescriptor, $0.baseAddress, $0.count)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return }
            written += count
        }
    }
}
