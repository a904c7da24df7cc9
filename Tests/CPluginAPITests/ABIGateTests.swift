import Foundation
import PluginFixtures
import TestSupport
import Testing

/// `scripts/check-abi` must let additions pass and stop everything that breaks plugins which are built already.
@Suite(
    .enabled(
        if: CompilerRun.isInstalled("clang") && CompilerRun.isInstalled("python3"),
        "clang or python3 is not installed: the gate was not tried"
    )
)
struct ABIGateTests {
    /// A change of the header: each text is replaced where it occurs first.
    struct Change: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let replacements: [(String, String)]

        init(_ name: String, _ replacements: (String, String)...) {
            testDescription = name
            self.replacements = replacements
        }
    }

    private static let header = BuiltPrograms.sourceTree + "/Sources/PluginAPI/CPluginAPI/include/plugin_api.h"

    private func gate(_ change: Change) async throws -> CompilerRun {
        var text = try String(contentsOfFile: Self.header, encoding: .utf8)
        for (old, new) in change.replacements {
            let place = try #require(text.range(of: old), "the header has no \(old)")
            text.replaceSubrange(place, with: new)
        }
        let file = try FixtureLibrary.shared.scratchFolder() + "/plugin_api.h"
        try FixtureLibrary.shared.write(Array(text.utf8), to: file)
        return try await CompilerRun.run(BuiltPrograms.sourceTree + "/scripts/check-abi", [file])
    }

    private static let hostSize = ("sizeof(beam_host) == 128", "sizeof(beam_host) == 136")

    static let additions: [Change] = [
        Change("nothing"),
        Change("comments", ("/* Status: append only.", "/* Status: add at the end only.")),
        Change(
            "a function at the end of the host's table",
            (
                "(*abort)(const beam_host *, beam_call);",
                "(*abort)(const beam_host *, beam_call);\n  void (*more)(void);"
            ),
            hostSize
        ),
        Change(
            "a method",
            ("#define BEAM_M_SOURCE_QUERY   33u", "#define BEAM_M_SOURCE_QUERY 33u\n#define BEAM_M_NEW 34u")
        ),
        Change("a higher minor", ("#define BEAM_ABI_MINOR 0u", "#define BEAM_ABI_MINOR 1u")),
        Change(
            "a struct",
            (
                "typedef struct beam_plugin {",
                "typedef struct beam_more { int a; } beam_more;\ntypedef struct beam_plugin {"
            )
        ),
    ]

    @Test(arguments: additions)
    func `what is added at the end passes`(change: Change) async throws {
        let run = try await gate(change)
        #expect(run.exitCode == 0, "\(run.output)")
    }

    static let breaks: [Change] = [
        Change(
            "a widened field",
            ("  uint32_t  flags;             /* 0 in 1.0;", "  uint64_t  flags;             /* 0 in 1.0;"),
            ("sizeof(beam_request) == 80", "sizeof(beam_request) == 88"),
            ("offsetof(beam_request, deadline_ns) == 72", "offsetof(beam_request, deadline_ns) == 80")
        ),
        Change(
            "a changed signature",
            ("(*poll)(const beam_host *, beam_call)", "(*poll)(const beam_host *, beam_call, int)")
        ),
        Change(
            "a field that is gone",
            ("  void        (*abort)(const beam_host *, beam_call);\n", ""),
            ("sizeof(beam_host) == 128", "sizeof(beam_host) == 120")
        ),
        Change(
            "two functions that changed places",
            ("(*destroy)(beam_instance *);", "(*X)(beam_instance *);"),
            ("(*cancel)(beam_instance *, beam_call, beam_status why);", "(*destroy)(beam_instance *);"),
            ("(*X)(beam_instance *);", "(*cancel)(beam_instance *, beam_call, beam_status why);")
        ),
        Change(
            "a field before the end",
            ("  void        (*notify)", "  void        (*more)(void);\n  void        (*notify)"),
            hostSize
        ),
        Change("another name", ("beam_str  context; ", "beam_str  circumstances; ")),
        Change(
            "swapped numbers",
            ("#define BEAM_NOT_FOUND         2", "#define BEAM_NOT_FOUND         3"),
            ("#define BEAM_FORBIDDEN         3", "#define BEAM_FORBIDDEN         2")
        ),
        Change("a number that is gone", ("#define BEAM_RATE_LIMITED      8\n", "")),
        Change(
            "a number used twice",
            ("#define BEAM_M_SOURCE_QUERY   33u", "#define BEAM_M_SOURCE_QUERY 33u\n#define BEAM_M_NEW 32u")
        ),
        Change("a lower minor", ("#define BEAM_ABI_MINOR 0u", "")),
        Change("another meaning of a type", ("typedef uint64_t beam_call;", "typedef int64_t beam_call;")),
        Change(
            "a reply with another signature",
            ("(*beam_reply)(void *user, beam_status status,", "(*beam_reply)(void *user, int64_t status,")
        ),
        Change(
            "a text that has grown",
            ("uint64_t len; } beam_str;", "uint64_t len; uint64_t more; } beam_str;"),
            ("sizeof(beam_str) == 16", "sizeof(beam_str) == 24"),
            ("sizeof(beam_request) == 80 && offsetof(beam_request, deadline_ns) == 72", "1"),
            ("sizeof(beam_result) == 64 && offsetof(beam_result, meta) == 48", "1"),
            ("sizeof(beam_host) == 128 && offsetof(beam_host, complete) == 72", "1")
        ),
        Change(
            "an entry point with another signature",
            (
                "const beam_plugin *beam_plugin_v1(const beam_host *host);",
                "const beam_plugin *beam_plugin_v1(beam_host *host);"
            )
        ),
    ]

    @Test(arguments: breaks)
    func `every other change is stopped`(change: Change) async throws {
        let run = try await gate(change)
        #expect(run.exitCode == 1, "\(run.output)")
        #expect(run.output.contains("breaks released plugins"))
    }

    @Test func `a header that does not compile is no release`() async throws {
        let run = try await gate(Change("nonsense", ("typedef int32_t  beam_status;", "typedef int33_t beam_status;")))
        #expect(run.exitCode == 2, "\(run.output)")
    }
}
