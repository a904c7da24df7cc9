import Foundation

/// One run of a compiler that this machine may or may not have.
package struct CompilerRun: Sendable {
    package let exitCode: Int32
    /// What it said, errors and output together.
    package let output: String

    /// Whether a program is on the search path.
    package static func isInstalled(_ program: String) -> Bool {
        let directories = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        return directories.contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(program)") }
    }

    /// Runs a program and waits for its end.
    package static func run(_ program: String, _ arguments: [String]) async throws -> CompilerRun {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [program] + arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        return try await withCheckedThrowingContinuation { continuation in
            process.terminationHandler = { process in
                // What a compiler says about these small files fits into the pipe's buffer.
                let text = String(decoding: pipe.fileHandleForReading.availableData, as: UTF8.self)
                continuation.resume(returning: CompilerRun(exitCode: process.terminationStatus, output: text))
            }
            do {
                try process.run()
                try? pipe.fileHandleForWriting.close()
            } catch {
                continuation.resume(throwing: error)
            }
        }
    }
}
