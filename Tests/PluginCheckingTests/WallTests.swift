import Foundation
import JSON
import PluginFixtures
import TestSupport
import Testing

/// The walls around a plugin that is checked, and machines that lack them.
@Suite(.enabled(if: CompilerRun.isInstalled("cc"), "cc is not installed: no plugin was checked within walls"))
struct WallTests {
    /// A program that runs another on a system that lacks something.
    private func launcher() async throws -> String {
        let path = try RunFolder.current.subfolder("without") + "/without"
        let source = "\(FixtureLibrary.tests)/PluginCheckingTests/Fixtures/without.c"
        let run = try await CompilerRun.run("cc", ["-std=gnu11", source, "-o", path])
        guard run.exitCode == 0 else { throw SetupFailure("without.c does not compile: \(run.output)") }
        return path
    }

    @Test(arguments: [("READS_FILE", "/etc/passwd"), ("READS_PARENT", "/environ"), ("ASKS_FOR_MORE", "system call")])
    func `what only fails in a worker is a warning`(word: String, says: String) async throws {
        let path = try await BrokenPluginBuild.library(["-DBROKEN=\(word)"])
        let check = try await CheckRun(path, ["--only", "walls"])
        #expect(check.findings("walls", severity: "warning").contains { $0.contains(says) }, "\(check.run)")
        #expect(check.run.exitStatus == 0)
    }

    @Test func `a hostile plugin reaches nothing, and what it tried is named`() async throws {
        let path = try await BrokenPluginBuild.library(["-DBROKEN=HOSTILE"])
        let check = try await CheckRun(path, environment: ["BEAMLINE_TEST_SECRET": "secret"])
        // Where it reaches something it says so and ends the process.
        #expect(!check.run.output.contains("dies here") && !check.run.output.contains("reached"), "\(check.run)")
        #expect(!FileManager.default.fileExists(atPath: "/tmp/beamline-broken-plugin"))
        let said = check.findings("load") + check.findings("load", severity: "warning")
        for deed in [
            "socket", "/bin/true", "clone", "/tmp/beamline-broken-plugin", "/etc/passwd", "/environ", "ptrace",
        ] {
            #expect(said.contains { $0.contains(deed) }, "\(deed): \(check.run)")
        }
        #expect(check.run.exitStatus == 1)
    }

    @Test func `without walls the same plugin reaches what it wants`() async throws {
        let path = try await BrokenPluginBuild.library(["-DBROKEN=HOSTILE"])
        let check = try await CheckRun(path, ["--isolation", "in-process", "--only", "load"])
        #expect(check.findings("load").contains { $0.contains("SIGABRT") && $0.contains("reached") }, "\(check.run)")
        #expect(check.report["walls"] == nil)
    }

    @Test func `the report names the walls`() async throws {
        let required = ["no-new-privs", "seccomp", "rlimits"]
        let options = ["--only", "unknown"] + required.flatMap { ["--required-wall", $0] }
        let check = try await CheckRun(BrokenPluginBuild.library([]), options)
        let found = check.report["walls"]?["in_force"]?.array?.compactMap(\.string) ?? []
        #expect(Set(found).isSuperset(of: required), "\(check.run)")
        #expect(check.run.exitStatus == 0)
    }

    @Test func `a wall that is missing is named, and where it is required nothing runs`() async throws {
        let path = try await BrokenPluginBuild.library(["-DBROKEN=HOSTILE"])
        let check = try await CheckRun(path, ["--only", "load"], through: [try await launcher(), "landlock"])
        #expect(check.report["walls"]?["missing"]?.array?.contains("landlock") == true, "\(check.run)")
        let strict = try await CheckRun(
            path,
            ["--only", "load", "--required-wall", "landlock"],
            through: [try await launcher(), "landlock"]
        )
        #expect(strict.findings("load").count == 1)
        #expect(strict.findings("load").contains { $0.contains("landlock is not to be had") }, "\(strict.run)")
        #expect(strict.run.exitStatus == 1)
    }

    @Test func `nothing runs where there is no list of system calls`() async throws {
        let path = try await BrokenPluginBuild.library(["-DBROKEN=CRASHES_AT_LOAD"])
        let check = try await CheckRun(path, through: [try await launcher(), "seccomp"])
        #expect(check.findings("load").count == 1)
        #expect(check.findings("load").contains { $0.contains("seccomp is not to be had") }, "\(check.run)")
        #expect(check.report["walls"] == nil)
    }

    @Test func `where the system does not tell what it refuses, it still refuses`() async throws {
        let path = try await BrokenPluginBuild.library(["-DBROKEN=HOSTILE"])
        let check = try await CheckRun(path, ["--only", "walls"], through: [try await launcher(), "witness"])
        #expect(check.findings() == [], "\(check.run)")
        #expect(check.findings("walls", severity: "warning").contains { $0.contains("does not tell") }, "\(check.run)")
    }
}
