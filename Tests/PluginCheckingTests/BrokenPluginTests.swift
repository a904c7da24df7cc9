import JSON
import PluginFixtures
import TestSupport
import Testing

@Suite(.enabled(if: CompilerRun.isInstalled("cc"), "cc is not installed: no broken plugin was checked"))
struct BrokenPluginTests {
    static let files: [BrokenPlugin] = [
        .init("exports more", "exports", "one_more", flags: ["-DONE_MORE"]),
        .init(
            "no entry point",
            "exports",
            "does not export the entry point",
            flags: ["-Dbeam_plugin_v1=beam_plugin_v2"]
        ),
        .init("strange library", "libraries", "libresolv.so.2", flags: ["-Wl,--no-as-needed", "-lresolv"]),
        .init("search path", "search-path", "/tmp/libraries", flags: ["-Wl,-rpath,/tmp/libraries"]),
        .init("written code", "text-relocations", "DT_TEXTREL", flags: ["-DWRITTEN_CODE", "-Wl,-z,notext"]),
        .init("executable stack", "stack", "executable", flags: ["-Wl,-z,execstack"]),
        .init("writable tables", "relro", "PT_GNU_RELRO", flags: ["-Wl,-z,norelro"]),
        .init("bound late", "relro", "BIND_NOW", flags: ["-Wl,-z,lazy"]),
        .init("unloadable", "nodelete", "-z nodelete", flags: [], without: "-Wl,-z,nodelete"),
        .init("unresolved", "unresolved", "nowhere", flags: ["-DUNRESOLVED"]),
        .init("new C library", "symbol-versions", "GLIBC_2", flags: [], options: ["--glibc", "2.2"]),
        .init("WRONG_MANIFEST", "manifest", "/schema"),
        .init("WRONG_SCHEMA", "manifest", "/tools/0/inputSchema"),
        .init("WRONG_OUTPUT_SCHEMA", "manifest", "/tools/0/outputSchema"),
        .init("LONG_NAME", "manifest", "48"),
        .init("WRONG_TEMPLATE", "manifest", "no usable template"),
    ]

    static let loading: [BrokenPlugin] = [
        .init("REFUSES_HOST", "load", "returning NULL"),
        .init("SHORT_TABLE", "load", "40 bytes"),
        .init("WRONG_MAJOR", "load", "major 2"),
        .init("UNKNOWN_FLAG", "load", "0x10000000000"),
        .init("NO_CANCEL", "load", "no function cancel"),
        .init("CHANGING_MANIFEST", "load", "another one each time"),
        .init("SETS_SIGNAL", "load", "the handler of signal 10"),
        .init("SETS_LOCALE", "load", "the locale"),
        .init("CHANGES_FOLDER", "load", "the current folder"),
        .init("SETS_ENVIRONMENT", "load", "BROKEN_PLUGIN"),
        .init("SETS_UMASK", "load", "the file mode mask"),
        .init("OPENS_FILE", "load", "/dev/null"),
        .init("CLOSES_INPUT", "load", "a descriptor it did not open"),
        .init("STARTS_THREAD", "load", "threads"),
        .init("CRASHES_AT_LOAD", "load", "SIGSEGV"),
        .init("EXITS_IN_CREATE", "load", "exit status 0"),
        .init("HANGS_IN_CREATE", "load", "Nothing happens here", options: ["--budget", "2"]),
        .init("READS_CONFIG_BEYOND", "load", "SIGSEGV"),
        .init("CREATE_FAILS", "lifecycle", "BEAM_UNAVAILABLE"),
        .init("CREATE_ASKS", "lifecycle", "before it is an instance"),
        .init("START_FAILS", "lifecycle", "START ends with BEAM_UNAVAILABLE"),
        .init("BAD_HEALTH", "lifecycle", "ok, degraded or down"),
        .init("BAD_LIST", "lifecycle", "\"items\""),
        .init("STOP_FAILS", "lifecycle", "STOP ends with BEAM_INTERNAL"),
        .init("SHARES_HOST", "instances", "A second instance cannot be used"),
    ]

    static let calls: [BrokenPlugin] = [
        .init("KNOWS_ALL_METHODS", "unknown", "method 9999"),
        .init("KNOWS_ALL_TOOLS", "unknown", "no_such_tool"),
        .init("NOT_JSON", "results", "not JSON"),
        .init("NOT_UTF8", "results", "not JSON"),
        .init("NOT_ITS_SCHEMA", "results", "/count"),
        .init("CONTENT_NOT_ARRAY", "results", "an array of content blocks"),
        .init("EMPTY_RESULT", "results", "The result is empty"),
        .init("NO_QUESTION", "results", "without a question"),
        .init("HUGE_RESULT", "results", "16777216"),
        .init("UNREADABLE", "results", "struct_size"),
        .init("SMALL_BUFFER", "wrong-arguments", "SIGSEGV"),
        .init("COMPLETES_TWICE", "completion", "completed already"),
        .init("COMPLETES_TWICE_LATER", "completion", "completed already"),
        .init("COMPLETES_AND_REFUSES", "completion", "submit then returns an error"),
        .init("INVENTS_CALL", "completion", "never existed"),
        .init("NEVER_COMPLETES", "completion", "not completed", options: ["--patience", "200"]),
        .init("KEEPS_POINTER", "lent-memory", "copy what is kept"),
        .init("READS_BEYOND", "lent-memory", "use their length"),
        .init("WRITES_TO_BODY", "lent-memory", "SIGSEGV"),
        .init("KEEPS_REPLY", "lent-memory", "keeps a pointer"),
        .init("EXACT_SIZE", "later-host", "does not start in a later gateway"),
        .init("EXACT_FLAGS", "later-host", "ignore flags"),
        .init("WAITS_FOR_EMIT", "busy", "drop the message", options: ["--budget", "5"]),
        .init("IGNORES_CANCEL", "cancel", "since it was cancelled", options: ["--patience", "200"]),
        .init("SHARES_CALL", "concurrency", "calls at once", options: ["--patience", "200"]),
        .init("STOP_HANGS", "stop", "STOP ends with BEAM_TIMEOUT", options: ["--patience", "200"]),
        .init("ALLOWS_ALL", "authorize", "does not exist is allowed"),
        .init("ALLOWS_WITH_WORD", "authorize", "boolean"),
        .init("LEAKS_FILES", "leaks", "descriptors stay open", options: ["--leak-calls", "400"]),
        .init("LEAKS_THREADS", "leaks", "threads stay", options: ["--leak-calls", "400"]),
    ]

    /// A sanitizer has a heap and a thread of its own.
    static let countable: [BrokenPlugin] = [
        .init("LIVES_ON", "destroy", "after destroy"),
        .init("LEAKS_MEMORY", "leaks", "The heap grows"),
    ]

    static let items: [BrokenPlugin] = [
        .init("EMPTY_CONTENTS", "results", "\"contents\" is empty"),
        .init("BARE_CONTENTS", "results", "\"text\" or \"blob\""),
        .init("WRONG_COMPLETION", "results", "COMPLETION broken://item/{id} id"),
        .init("NO_MESSAGES", "results", "\"messages\""),
        .init("KNOWS_ALL_RESOURCES", "unknown", "resource that does not exist"),
        .init("KNOWS_ALL_PROMPTS", "unknown", "prompt that does not exist"),
        .init("NO_COLUMNS", "sources", "no \"columns\" and \"rows\""),
        .init("SHORT_ROWS", "sources", "row 2 of its answer does not have 1 values"),
        .init("STRANGE_TYPE", "sources", "no type that there is"),
        .init("MANY_ROWS", "sources", "more rows than were asked for"),
        .init("REFUSES_QUERIES", "sources", "refuses every operation"),
        .init("KNOWS_ALL_SOURCES", "sources", "no_such_source"),
        .init("KNOWS_ALL_OPERATIONS", "sources", "no_such_operation"),
        .init("NOTIFIES_BEFORE_START", "order", "after create and before START"),
        .init("EMITS_AFTER_END", "order", "when the call has ended"),
        .init("PROGRESS_AFTER_END", "order", "when the call has ended"),
        .init("NOTIFIES_AFTER_STOP", "order", "after it has completed STOP"),
        .init("ASKS_AFTER_STOP", "order", "after it has completed STOP"),
    ]

    static let walls: [BrokenPlugin] = [
        .init("OPENS_SOCKET_AT_LOAD", "load", "uses a socket"),
        .init("OPENS_SOCKET", "walls", "Name a source in the manifest"),
        .init("STARTS_PROGRAM", "walls", "execve of /bin/true"),
        .init("FORKS", "walls", "starts another process"),
        .init("WRITES_FILE", "walls", "of /tmp/beamline-broken-plugin"),
        .init("SIGNALS_PARENT", "walls", "signals another process"),
        .init("TRACES_PARENT", "walls", "ptrace"),
        .init("EATS_MEMORY", "results", "memory_mb"),
    ]

    @Test(arguments: files + loading + calls + items + walls + (Sanitizer.isOn ? [] : countable))
    func `a broken plugin is refused with words its author can act on`(broken: BrokenPlugin) async throws {
        let path = try await BrokenPluginBuild.library(broken.flags, without: broken.without)
        let check = try await CheckRun(path, broken.options + ["--only", broken.check])
        let findings = check.findings(broken.check)
        // A sanitizer has the handler of that signal.
        let says = Sanitizer.isOn && broken.says == "SIGSEGV" ? "ThreadSanitizer: SEGV" : broken.says
        #expect(findings.contains { $0.contains(says) }, "\(check.run)")
        #expect(check.run.exitStatus == 1)
    }

    @Test func `nothing of a plugin runs when only its files are looked at`() async throws {
        let path = try await BrokenPluginBuild.library(["-DBROKEN=CRASHES_AT_LOAD"])
        let folder = String(path.dropLast("/libbroken.so".count))
        let manifest = try FixtureLibrary.shared.bytes(of: FixtureLibrary.tests + "/PlainCPlugin/manifest.json")
        try FixtureLibrary.shared.write(manifest, to: folder + "/manifest.json")
        let check = try await CheckRun(path, ["--static"])
        #expect(check.findings() == [])
        #expect(check.run.exitStatus == 0, "\(check.run)")
        #expect(check.report["checks"]?.array?.contains { $0["check"] == "load" } == false)
    }

    @Test func `a file that is no library is refused before anything else`() async throws {
        let path = try FixtureLibrary.shared.scratchFolder() + "/libtext.so"
        try FixtureLibrary.shared.write(Array("no library".utf8), to: path)
        let check = try await CheckRun(path)
        #expect(check.findings("image").contains { $0.contains("no ELF library") })
        #expect(check.run.exitStatus == 1)
    }

    @Test func `a plugin that only tarries is accepted with a warning`() async throws {
        let path = try await BrokenPluginBuild.library(["-DBROKEN=SLOW_SUBMIT"])
        let check = try await CheckRun(path, ["--only", "promptness"])
        #expect(check.findings("promptness", severity: "warning").contains { $0.contains("submit takes") })
        #expect(check.run.exitStatus == 0)
    }

    @Test func `the same plugin is accepted when nothing is broken`() async throws {
        let check = try await CheckRun(BrokenPluginBuild.library([]))
        #expect(check.findings() == [])
        #expect(check.run.exitStatus == 0)
        #expect(check.report["checks"]?.array?.allSatisfy { $0["skipped"] == nil } == true, "\(check.run)")
    }

    @Test func `each way to be broken is refused also when every check is made`() async throws {
        let path = try await BrokenPluginBuild.library(["-DBROKEN=CRASHES_AT_LOAD"])
        let check = try await CheckRun(path)
        #expect(!check.findings("load").isEmpty)
        #expect(check.report["checks"]?.array?.last?["skipped"]?.string == "the plugin does not load as it should")
    }
}
