import Foundation
import PluginFixtures
import TestSupport
import Testing

/// `scripts/install-headers` must leave all that an author outside of this tree needs.
@Suite(
    .enabled(
        if: CompilerRun.isInstalled("cc") && CompilerRun.isInstalled("pkg-config"),
        "cc or pkg-config is not installed: the installed header was not tried"
    )
)
struct InstallationTests {
    private func installed() async throws -> String {
        let prefix = try RunFolder.current.subfolder("prefix")
        let run = try await CompilerRun.run(BuiltPrograms.sourceTree + "/scripts/install-headers", [prefix])
        #expect(run.exitCode == 0, "\(run.output)")
        return prefix
    }

    private func asked(_ prefix: String, _ arguments: [String]) async throws -> [String] {
        let run = try await CompilerRun.run(
            "env",
            ["PKG_CONFIG_PATH=\(prefix)/share/pkgconfig", "pkg-config"] + arguments + ["beamline-plugin"]
        )
        #expect(run.exitCode == 0, "\(run.output)")
        return run.output.split(whereSeparator: \.isWhitespace).map(String.init)
    }

    @Test func `a plugin built with what pkg-config says is in order`() async throws {
        let prefix = try await installed()
        let source = BuiltPrograms.sourceTree + "/Tests/PlainCPlugin/plain.c"
        let library = prefix + "/libplain.so"
        let flags = try await asked(prefix, ["--cflags", "--libs"])
        let run = try await CompilerRun.run("cc", ["-D_GNU_SOURCE", "-pthread", source, "-o", library] + flags)
        #expect(run.exitCode == 0, "\(run.output)")
        let check = try await ProgramRun.beamline("plugin", "check", library, "--only", "exports", "--only", "relro")
        #expect(check.exitStatus == 0, "\(check)")
    }

    @Test func `the version is that of the interface`() async throws {
        #expect(try await asked(installed(), ["--modversion"]) == ["1.0"])
    }

    @Test func `a unit test finds the fake host`() async throws {
        let prefix = try await installed()
        let test = prefix + "/test.c"
        let text = """
            #include <beamline_fake_host.h>
            int main(void) { return beam_fake_table(beam_fake_new(BEAM_FAKE_GUARDED))->struct_size == 128 ? 0 : 1; }

            """
        try FixtureLibrary.shared.write(Array(text.utf8), to: test)
        let host = try await asked(prefix, ["--variable=fake_host"])
        let include = try await asked(prefix, ["--cflags-only-I"])
        let run = try await CompilerRun.run("cc", include + ["-pthread", test] + host + ["-o", prefix + "/test"])
        #expect(run.exitCode == 0, "\(run.output)")
        #expect(try await CompilerRun.run(prefix + "/test", []).exitCode == 0)
    }

    @Test(.enabled(if: CompilerRun.isInstalled("cmake"), "cmake is not installed: its package was not tried"))
    func `CMake finds the package and builds a plugin and its test`() async throws {
        let prefix = try await installed()
        let project = """
            cmake_minimum_required(VERSION 3.16)
            project(plain C)
            find_package(BeamlinePlugin 1.0 REQUIRED)
            beamline_add_plugin(plain \(BuiltPrograms.sourceTree)/Tests/PlainCPlugin/plain.c)
            target_compile_definitions(plain PRIVATE _GNU_SOURCE)
            add_executable(uses_fake_host test.c)
            target_link_libraries(uses_fake_host PRIVATE beamline::fake_host)

            """
        let folder = try RunFolder.current.subfolder("cmake")
        try FixtureLibrary.shared.write(Array(project.utf8), to: folder + "/CMakeLists.txt")
        let test = "#include <beamline_fake_host.h>\nint main(void) { return beam_fake_new(0) == 0; }\n"
        try FixtureLibrary.shared.write(Array(test.utf8), to: folder + "/test.c")
        try await cmake(["-S", folder, "-B", folder + "/build", "-DCMAKE_PREFIX_PATH=" + prefix])
        try await cmake(["--build", folder + "/build"])
        let check = try await ProgramRun.beamline("plugin", "check", folder + "/build", "--only", "search-path")
        #expect(check.exitStatus == 0, "\(check)")
    }

    /// Not as a `CompilerRun`, whose children do not hear that their own children end, which CMake waits for.
    private func cmake(_ arguments: [String]) async throws {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        let run = try await ProgramRun.run("/usr/bin/env", ["cmake"] + arguments, environment: ["PATH": path])
        #expect(run.exitStatus == 0, "\(run)")
    }

    @Test func `a prefix that is no absolute path is refused`() async throws {
        let run = try await CompilerRun.run(BuiltPrograms.sourceTree + "/scripts/install-headers", ["usr"])
        #expect(run.exitCode == 2)
    }
}
