import GatewayCore
import JSON
import PluginFixtures
import PluginHosting
import PluginRuntime
import Synchronization
import Testing

@Suite("What a plugin says before it answers")
struct ListenerTests {
    /// Keeps what it hears.
    private final class Ear: Sendable {
        private let heard = Mutex<[CallEvent]>([])

        var events: [CallEvent] { heard.withLock { $0 } }

        func listener(wantsProgress: Bool = true, severity: Severity? = .debug) -> CallListener {
            CallListener(wantsProgress: wantsProgress, severity: severity) { event in
                self.heard.withLock { $0.append(event) }
            }
        }
    }

    private func call(
        _ mode: PluginLoadRequest.Isolation,
        _ tool: String,
        _ arguments: String,
        _ listener: CallListener,
        fixture: String = "plain"
    ) async throws -> JSONValue {
        let loader = quietLoader()
        let outcome = try #require(await loader.load([try await .fixture(fixture, isolation: mode)]).first)
        let reply = try await outcome.result.get().provider.call(.test(tool, arguments, listener: listener))
        await loader.shutdown()
        guard case .result(let result) = reply else { return .null }
        return try JSONValue(parsing: result.structured)
    }

    @Test(arguments: modes)
    func `progress and messages arrive in order, and the logger names the experiment`(
        mode: PluginLoadRequest.Isolation
    ) async throws {
        let ear = Ear()
        #expect(try await call(mode, "slow", #"{"ms":0,"steps":2}"#, ear.listener()) == ["slept": true])
        let expected = [1, 2].flatMap { step -> [CallEvent] in
            [
                .message(CallMessage(.info, logger: "plain.slow", data: Array(#"{"step":\#(step)}"#.utf8))),
                .progress(done: Double(step), total: 2, note: "waiting"),
            ]
        }
        #expect(ear.events == expected)
    }

    @Test(
        arguments: modes,
        [(false, nil, 0), (true, nil, 3), (false, .debug, 3), (true, .debug, 6)] as [(Bool, Severity?, Int)]
    )
    func `what was not asked for goes no further`(
        mode: PluginLoadRequest.Isolation,
        wanted: (progress: Bool, severity: Severity?, count: Int)
    ) async throws {
        let ear = Ear()
        let listener = ear.listener(wantsProgress: wanted.progress, severity: wanted.severity)
        _ = try await call(mode, "slow", #"{"ms":0,"steps":3}"#, listener)
        #expect(ear.events.count == wanted.count)
    }

    @Test(arguments: modes)
    func `the plugin is told what is wanted`(mode: PluginLoadRequest.Isolation) async throws {
        let everything = try await call(mode, "budget", "{}", Ear().listener())
        #expect(everything["wants"] == ["progress": true, "log_level": "debug"])
        let progress = try await call(mode, "budget", "{}", Ear().listener(severity: nil))
        #expect(progress["wants"] == ["progress": true])
    }

    @Test(arguments: modes)
    func `what cannot be passed on is dropped, and nothing is said after the answer`(
        mode: PluginLoadRequest.Isolation
    ) async throws {
        let ear = Ear()
        #expect(try await call(mode, "act", "{}", ear.listener(), fixture: "speaks_badly") == [:])
        #expect(
            ear.events == [
                .message(CallMessage(.alert, logger: "fixture", data: Array("null".utf8))),
                .progress(done: 1, total: nil, note: nil),
                .progress(done: 2, total: nil, note: "a b"),
            ]
        )
    }
}
