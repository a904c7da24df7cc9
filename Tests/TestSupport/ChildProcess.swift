import Foundation
import Synchronization

/// A program that runs beside the tests; its output goes to files.
package final class ChildProcess: Sendable {
    package let pid: Int32
    private let folder: RunFolder
    private let outputPath: String
    private let errorPath: String
    private let end = Mutex<Int32?>(nil)

    /// Starts a program; the environment holds what is set in addition to that of the tests.
    package init(_ program: String, _ arguments: [String], environment: [String: String] = [:]) throws {
        folder = try RunFolder.current
        let files = try folder.subfolder("output")
        outputPath = "\(files)/out"
        errorPath = "\(files)/err"
        guard let nothing = FileHandle(forReadingAtPath: "/dev/null") else { throw SetupFailure("no /dev/null") }
        let whole = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        let (output, error) = (try Self.writing(to: outputPath), try Self.writing(to: errorPath))
        pid = try Spawn.start(
            program,
            arguments,
            environment: whole.map { "\($0.key)=\($0.value)" },
            descriptors: (
                input: nothing.fileDescriptor,
                output: output.fileDescriptor,
                error: error.fileDescriptor
            )
        )
        folder.remember(child: pid)
    }

    deinit {
        if isRunning { signal(SIGTERM) }
    }

    package var isRunning: Bool { endNow == nil }

    /// What it wrote to standard output until now.
    package var output: String { Self.text(of: outputPath) }

    /// What it wrote to standard error until now.
    package var errorOutput: String { Self.text(of: errorPath) }

    /// Sends a signal; nothing happens when the child has ended.
    package func signal(_ number: Int32) {
        end.withLock { end in
            // Until its end was asked for, the number is the child's even when it has ended.
            if end == nil { kill(pid, number) }
        }
    }

    /// The exit status, or 128 and the signal's number, as a shell has it.
    /// - Throws: `Polling.TimedOut` when it runs on; it is killed then.
    package func exitStatus(within limit: Duration) async throws -> Int32 {
        do {
            return try await Polling.wait(for: "the end of process \(pid)", within: limit) { endNow }
        } catch {
            signal(SIGKILL)
            throw error
        }
    }

    /// How it ended; nil while it runs.
    private var endNow: Int32? {
        end.withLock { end in
            if end == nil, let status = Spawn.end(of: pid) {
                end = status
                folder.forget(child: pid)
            }
            return end
        }
    }

    private static func writing(to path: String) throws -> FileHandle {
        _ = FileManager.default.createFile(atPath: path, contents: nil)
        return try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    }

    private static func text(of path: String) -> String {
        (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
    }
}
