import GatewayCore
import PluginFixtures
import PluginRuntime
import Testing

@Suite struct PluginLibraryTests {
    @Test(
        arguments: [
            ("wrong_major", PluginLoadError.majorDiffers(2)),
            ("short_table", .tableTooShort(71)),
            ("unknown_flag", .unknownFlags(1 << 40)),
            ("no_submit", .functionAbsent("submit")),
            ("no_symbol", .entryPointAbsent),
            ("returns_null", .refusedByPlugin),
        ]
    )
    func `a table that breaks the contract is refused`(fixture: String, error: PluginLoadError) async throws {
        let path = try await FixtureLibrary.shared.path(of: fixture)
        await #expect(throws: error) {
            _ = try await PluginLibrary.load(path: path, label: "test", observer: RecordingObserver())
        }
    }

    @Test(arguments: ["harmless_flag", "longer_table"])
    func `a table from the future is accepted`(fixture: String) async throws {
        let running = try await Running(fixture)
        #expect(await running.call().status == .ok)
        await running.instance.stop()
    }

    @Test func `what is no library is refused`() async throws {
        let path = try FixtureLibrary.shared.scratchFolder() + "/text.so"
        try FixtureLibrary.shared.write(Array("no library".utf8), to: path)
        do {
            _ = try await PluginLibrary.load(path: path, label: "test", observer: RecordingObserver())
            Issue.record("a text file was loaded")
        } catch {
            guard case .notLoadable = error else {
                Issue.record("\(error)")
                return
            }
        }
    }

    @Test func `a plugin that refuses the host may say why`() async throws {
        let observer = RecordingObserver()
        let path = try await FixtureLibrary.shared.path(of: "returns_null")
        _ = try? await PluginLibrary.load(path: path, label: "test", observer: observer)
        #expect(observer.lines == ["this host will not do"])
    }

    @Test(
        arguments: [
            ("create_fails", PluginLoadError.notCreated(.invalidArgument)),
            ("start_fails", .notStarted(.invalidArgument, "The greeting is missing.")),
        ]
    )
    func `a plugin that cannot start says why`(fixture: String, error: PluginLoadError) async throws {
        await #expect(throws: error) { _ = try await Running(fixture) }
    }

    @Test func `START that never completes ends in time`() async throws {
        await #expect(throws: PluginLoadError.notStarted(.timeout, "START did not complete in time.")) {
            _ = try await Running(
                "start_hangs",
                execution: PluginExecution(startTimeout: .milliseconds(20)),
                limits: PluginLimits(cancelGrace: .milliseconds(20))
            )
        }
    }
}
