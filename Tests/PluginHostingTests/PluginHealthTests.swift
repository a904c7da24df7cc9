import GatewayCore
import Logging
import PluginFixtures
import PluginHosting
import PluginRuntime
import Synchronization
import TestSupport
import Testing

@Suite("How a plugin says it is")
struct PluginHealthTests {
    @Test(
        arguments: modes,
        [
            (#"{"status":"ok","details":{}}"#, PluginHealth.ok), (#"{"status":"degraded"}"#, .degraded),
            (#"{"status":"down"}"#, .down), (#"{"status":"splendid"}"#, .down), ("[]", .down), ("no JSON", .down),
            ("{}", .down),
        ]
    )
    func `its word counts, and what is no word is none`(
        mode: PluginLoadRequest.Isolation,
        expected: (answer: String, health: PluginHealth)
    ) async throws {
        let loader = quietLoader()
        let request = try await PluginLoadRequest.fixture("says_how_it_is", isolation: mode)
        let provider = try #require(await loader.load([request]).first).result.get().provider
        _ = await provider.call(.test("act", expected.answer))
        // The last of the answers is none: it is waited for.
        await provider.askHealth(within: .milliseconds(expected.answer == "{}" ? 300 : 60_000))
        #expect(provider.health == expected.health)
        await loader.shutdown(within: .milliseconds(200))
    }

    @Test(arguments: modes) func `a plugin that does not know the question is well`(
        mode: PluginLoadRequest.Isolation
    ) async throws {
        let loader = quietLoader()
        let request = try await PluginLoadRequest.fixture("refuses", isolation: mode)
        let provider = try #require(await loader.load([request]).first).result.get().provider
        await provider.askHealth(within: .seconds(60))
        #expect(provider.health == .ok)
        await loader.shutdown()
    }

    @Test func `what a worker prints as an error is in the log`() async throws {
        let log = RecordingLog()
        let loader = PluginLoader(
            logger: Logger(label: "test") { _ in log },
            workers: WorkerSettings(program: try BuiltPrograms.path(of: BuiltPrograms.gateway))
        )
        let request = try await PluginLoadRequest.fixture("says_how_it_is", isolation: .worker)
        let provider = try #require(await loader.load([request]).first).result.get().provider
        _ = await provider.call(.test("act", #"{"status":"ok"}"#))
        await Polling.until("the line") { log.lines.contains(#"printed: it says {"status":"ok"}"#) }
        await loader.shutdown()
    }
}

/// Keeps the messages of a log.
private final class RecordingLog: LogHandler {
    private let messages = Mutex<[String]>([])

    var lines: [String] { messages.withLock { $0 } }
    var metadata: Logger.Metadata {
        get { [:] }
        set {}
    }
    var logLevel: Logger.Level {
        get { .trace }
        set {}
    }
    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { nil }
        set {}
    }

    func log(event: LogEvent) { messages.withLock { $0.append("\(event.message)") } }
}
