import Foundation
import JSON
import PluginFixtures
import TestSupport
import Testing

/// One way for a plugin to be wrong, and what the check must say about it.
struct BrokenPlugin: Sendable, CustomTestStringConvertible {
    /// A word of `Fixtures/broken.c`, or of the flags below.
    let name: String
    let check: String
    /// A part of what is said: of the place, the fault or the remedy.
    let says: String
    var flags: [String] = []
    var options: [String] = []
    /// A flag of sound plugins that is left out.
    var without: String?

    init(
        _ name: String,
        _ check: String,
        _ says: String,
        flags: [String]? = nil,
        options: [String] = [],
        without: String? = nil
    ) {
        self.name = name
        self.check = check
        self.says = says
        self.flags = flags ?? ["-DBROKEN=\(name)"]
        self.options = options
        self.without = without
    }

    var testDescription: String { name }
}

/// Builds `Fixtures/broken.c` into a folder of its own.
enum BrokenPluginBuild {
    /// How a library must be linked to pass.
    static let sound = ["-Wl,-z,now", "-Wl,-z,relro", "-Wl,-z,nodelete", "-Wl,-z,noexecstack"]

    static func library(_ flags: [String], without flag: String? = nil) async throws -> String {
        let folder = try RunFolder.current.subfolder("broken")
        let tests = FixtureLibrary.tests
        let path = "\(folder)/libbroken.so"
        let run = try await CompilerRun.run(
            "cc",
            [
                "-std=gnu11", "-shared", "-fPIC", "-fvisibility=hidden", "-pthread", "-I",
                "\(tests)/../Sources/PluginAPI/CPluginAPI/include", "\(tests)/PluginCheckingTests/Fixtures/broken.c",
                "-o", path,
            ] + sound.filter { $0 != flag } + flags
        )
        guard run.exitCode == 0 else { throw SetupFailure("broken.c does not compile: \(run.output)") }
        return path
    }
}

/// One run of `beamline plugin check`.
struct CheckRun: Sendable {
    let run: ProgramRun
    let report: JSONValue

    /// Checks a plugin, through a program that is given the command as its last arguments.
    init(
        _ path: String,
        _ options: [String] = [],
        environment: [String: String] = [:],
        through launcher: [String] = []
    ) async throws {
        let gateway = try BuiltPrograms.path(of: BuiltPrograms.gateway)
        let words = launcher + [gateway, "plugin", "check", path, "--json"] + options
        run = try await ProgramRun.run(
            words[0],
            Array(words.dropFirst()),
            environment: environment,
            within: .seconds(300)
        )
        report = try JSONValue(parsing: Array(run.output.utf8))
    }

    /// The findings of a check, or of all.
    func findings(_ check: String? = nil, severity: String = "error") -> [String] {
        (report["checks"]?.array ?? []).filter { check == nil || $0["check"]?.string == check }.flatMap { outcome in
            (outcome["findings"]?.array ?? []).filter { $0["severity"]?.string == severity }.map { finding in
                ["place", "fault", "remedy"].compactMap { finding[$0]?.string }.joined(separator: ": ")
            }
        }
    }
}
