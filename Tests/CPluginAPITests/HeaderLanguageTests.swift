import PluginFixtures
import Testing

@Suite struct HeaderLanguageTests {
    private static let include = FixtureLibrary.tests + "/../Sources/PluginAPI/CPluginAPI/include"

    private static let languages = [
        ("c", "c99"), ("c", "c11"), ("c", "c2x"), ("c++", "c++11"), ("c++", "c++17"),
    ]

    private func compile(
        _ compiler: String,
        _ language: String,
        _ standard: String,
        _ text: String
    ) async throws -> CompilerRun {
        let file = try FixtureLibrary.shared.scratchFolder() + "/source"
        try FixtureLibrary.shared.write(Array(text.utf8), to: file)
        return try await CompilerRun.run(
            compiler,
            [
                "-x", language, "-std=\(standard)", "-Wall", "-Wextra", "-pedantic-errors", "-Werror", "-fsyntax-only",
                "-I", Self.include, file,
            ]
        )
    }

    /// Twice, because authors include it from several of their own headers.
    private let clean = """
        #include <plugin_api.h>
        #include <plugin_api.h>
        int reaches(const beam_result *result);
        int reaches(const beam_result *result) { return BEAM_HAS(result, beam_result, meta); }

        """

    @Test(
        .enabled(if: CompilerRun.isInstalled("gcc"), "gcc is not installed: the header was not checked with it"),
        arguments: languages
    )
    func `gcc takes the header without a warning`(language: String, standard: String) async throws {
        let run = try await compile("gcc", language, standard, clean)
        #expect(run.exitCode == 0, "\(run.output)")
    }

    @Test(
        .enabled(if: CompilerRun.isInstalled("clang"), "clang is not installed: the header was not checked with it"),
        arguments: languages
    )
    func `clang takes the header without a warning`(language: String, standard: String) async throws {
        let run = try await compile("clang", language, standard, clean)
        #expect(run.exitCode == 0, "\(run.output)")
    }

    @Test(
        .enabled(if: CompilerRun.isInstalled("cc"), "cc is not installed: the switches were not checked"),
        arguments: [
            "int unused(int x) { return 0; }", "BEAM_ASSERT(sizeof(beam_str) == 8);",
            "beam_status wrong(void) { return; }",
        ]
    )
    func `the switches refuse what is not clean`(line: String) async throws {
        let run = try await compile("cc", "c", "c11", clean + line + "\n")
        #expect(run.exitCode != 0)
    }

    @Test(
        .enabled(if: CompilerRun.isInstalled("cc"), "cc is not installed: the fake host was not checked with it"),
        arguments: languages
    )
    func `the fake host compiles wherever the header does`(language: String, standard: String) async throws {
        let fakeHost = FixtureLibrary.tests + "/../Sources/PluginAPI/CFakeHost"
        // Authors in C++ include the header and compile the source as C.
        let file = language == "c" ? fakeHost + "/fake_host.c" : fakeHost + "/include/beamline_fake_host.h"
        let run = try await CompilerRun.run(
            "cc",
            [
                "-x", language, "-std=\(standard)", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-fsyntax-only", "-I",
                Self.include, "-I", fakeHost + "/include", file,
            ]
        )
        #expect(run.exitCode == 0, "\(run.output)")
    }
}
