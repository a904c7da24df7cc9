import Foundation
import TestSupport

/// The small C plugins tests load: compiled once per test run, each into a folder of its own.
package actor FixtureLibrary {
    /// Shared by all tests of a run, so that no file is compiled twice.
    package static let shared = FixtureLibrary()

    /// Why a fixture could not be built.
    package struct Failure: Error, CustomStringConvertible {
        package let description: String
    }

    private var builds: [String: Task<String, any Error>] = [:]

    /// The folder with the tests.
    package static let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .path

    /// The path of a library compiled from `Tests/PluginHostingTests/Fixtures/<name>.c`, or of the plain C plugin.
    package func path(of name: String) async throws -> String {
        if let build = builds[name] { return try await build.value }
        let tests = Self.tests
        let build = Task {
            let source =
                name == "plain"
                ? "\(tests)/PlainCPlugin/plain.c"
                : "\(tests)/PluginHostingTests/Fixtures/\(name).c"
            let header = "\(tests)/../Sources/PluginAPI/CPluginAPI/include"
            let path = try "\(RunFolder.current.subfolder("fixture"))/\(name).so"
            let run = try await CompilerRun.run(
                "cc",
                [
                    "-std=gnu11", "-D_GNU_SOURCE", "-O1", "-shared", "-fPIC", "-fvisibility=hidden", "-pthread",
                    "-Wno-unused-function", "-I", header, source, "-o", path,
                ]
            )
            guard run.exitCode == 0 else { throw Failure(description: "\(name).c does not compile: \(run.output)") }
            return path
        }
        builds[name] = build
        return try await build.value
    }

    /// A fresh folder for a test's own files.
    package nonisolated func scratchFolder() throws -> String {
        try RunFolder.current.subfolder("scratch")
    }

    /// The bytes of a file.
    package nonisolated func bytes(of path: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    }

    /// Writes a file.
    package nonisolated func write(_ bytes: [UInt8], to path: String) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: path))
    }
}
