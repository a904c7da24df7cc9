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
            let path = try "\(RunFolder.current.subfolder("fixture"))/\(name).so"
            try await Self.compile(source, to: path)
            return path
        }
        builds[name] = build
        return try await build.value
    }

    /// The plain C plugin with other words in its manifest: the library and the manifest, in a folder of their own.
    ///
    /// A word must stand on one line of the manifest, and have no quotes.
    package nonisolated func plain(
        replacing words: [String: String]
    ) async throws -> (library: String, manifest: String) {
        let folder = try RunFolder.current.subfolder("fixture")
        for name in ["manifest.inc", "manifest.json", "plain.c"] {
            var text = try String(contentsOfFile: "\(Self.tests)/PlainCPlugin/\(name)", encoding: .utf8)
            for (old, new) in words where name != "plain.c" {
                guard text.contains(old) else { throw Failure(description: "\(name) does not say \(old)") }
                text = text.replacingOccurrences(of: old, with: new)
            }
            try text.write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8)
        }
        let library = "\(folder)/plain.so"
        try await Self.compile("\(folder)/plain.c", to: library)
        return (library, "\(folder)/manifest.json")
    }

    private static func compile(_ source: String, to library: String) async throws {
        let run = try await CompilerRun.run(
            "cc",
            [
                "-std=gnu11", "-D_GNU_SOURCE", "-O1", "-shared", "-fPIC", "-fvisibility=hidden", "-pthread",
                "-Wno-unused-function", "-I", "\(tests)/../Sources/PluginAPI/CPluginAPI/include", source, "-o", library,
            ]
        )
        guard run.exitCode == 0 else { throw Failure(description: "\(source) does not compile: \(run.output)") }
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
