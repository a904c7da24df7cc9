import Glibc
import GatewayCore
import PluginFixtures
import PluginHosting
import PluginRuntime
import Synchronization
import TestSupport
import Testing

@Suite("Workers that crash, hang and leak")
struct WorkerTests {
    /// A plugin in a worker, and the loader that ends it.
    private struct Site {
        let loader: PluginLoader
        let plugin: LoadedPlugin

        init(_ fixture: String = "crashes", _ change: (inout WorkerSettings) -> Void = { _ in }) async throws {
            loader = quietLoader(workers: {
                // Tests crash a worker more often than a site would bear.
                $0.pauses = [.zero]
                $0.crashes = 100_000
                change(&$0)
            })
            let outcome = try #require(await loader.load([try await .fixture(fixture, isolation: .worker)]).first)
            plugin = try outcome.result.get()
        }

        func call(_ how: String, tool: String = "act") async -> String {
            switch await plugin.provider.call(.test(tool, "{\"how\":\"\(how)\"}")) {
            case .result(let result): String(decoding: result.structured, as: UTF8.self)
            case .failure(let error): "\(error.code)"
            case .question: "a question"
            }
        }

        var worker: WorkerStatus? { plugin.provider.worker }

        func end() async { await loader.shutdown() }
    }

    @Test(arguments: ["segfault", "abort", "exit", "trap"])
    func `a crash costs its own calls and nothing else`(how: String) async throws {
        let site = try await Site()
        #expect(site.plugin.isolation == .worker)
        #expect(await site.call("ok") == #"{"ok":true}"#)
        #expect(await site.call(how) == "unavailable")
        #expect(await site.call("ok") == #"{"ok":true}"#)
        #expect(site.worker?.restarts == 1)
        await site.end()
    }

    @Test func `a plugin that holds the thread of its calls is ended`() async throws {
        let site = try await Site { $0.silence = .seconds(1) }
        #expect(await site.call("loop") == "unavailable")
        // On a busy machine the next one may be taken for silent too.
        await Polling.until("an answer") { await site.call("ok") == #"{"ok":true}"# }
        await site.end()
    }

    @Test func `a plugin that uses more memory than it said is ended`() async throws {
        let site = try await Site()
        let first = try #require(site.worker?.pid)
        // It may be ended before its answer is read.
        #expect([#"{"ok":true}"#, "unavailable"].contains(await site.call("leak")))
        await Polling.until("another worker") { site.worker?.pid.map { $0 != first } ?? false }
        #expect(await site.call("ok") == #"{"ok":true}"#)
        await site.end()
    }

    @Test(.enabled(if: !Sanitizer.isOn, "a sanitizer's shadow is not limited"))
    func `much more memory is not to be had at all`() async throws {
        let site = try await Site()
        #expect(await site.call("hoard") == #""refused""#)
        await site.end()
    }

    @Test func `what changes nothing is asked again once, and no more`() async throws {
        let site = try await Site()
        #expect(await site.call("segfault", tool: "read") == "unavailable")
        await Polling.until("the second restart") { site.worker?.restarts == 2 && site.worker?.pid != nil }
        #expect(await site.call("ok", tool: "read") == #"{"ok":true}"#)
        await site.end()
    }

    @Test func `a worker that keeps a cancelled call is replaced`() async throws {
        let site = try await Site()
        let first = try #require(site.worker?.pid)
        let kept = Task { await site.call("keep") }
        await Polling.until("the call") { site.plugin.provider.counts.open == 1 }
        kept.cancel()
        _ = await kept.value
        await Polling.until("another worker") { site.worker?.pid.map { $0 != first } ?? false }
        #expect(await site.call("ok") == #"{"ok":true}"#)
        await site.end()
    }

    @Test func `with too many crashes a plugin rests, and calls are refused at once`() async throws {
        let site = try await Site {
            $0.crashes = 2
            $0.rest = .seconds(3600)
        }
        #expect(await site.call("abort") == "unavailable")
        #expect(await site.call("abort") == "unavailable")
        #expect(await site.call("ok") == "unavailable")
        #expect(site.worker?.pid == nil)
        await site.end()
    }

    @Test func `a worker ends with its gateway's loader`() async throws {
        let site = try await Site()
        let pid = try #require(site.worker?.pid)
        await site.end()
        await Polling.until("the end") { kill(pid, 0) != 0 }
    }

    @Test func `every call is answered once while workers are killed`() async throws {
        let site = try await Site()
        let tally = Tally()
        await withTaskGroup { group in
            for caller in 0..<Self.callers {
                group.addTask {
                    for number in 0..<Self.calls / Self.callers {
                        let how = number % 10 == 0 ? "slow" : "ok"
                        tally.count(await site.call(how, tool: caller % 2 == 0 ? "act" : "read"))
                    }
                }
            }
            group.addTask {
                for _ in 0..<20 {
                    await Polling.until("a worker") { site.worker?.pid != nil || tally.sum == Self.calls }
                    let before = tally.sum
                    if let pid = site.worker?.pid { kill(pid, SIGKILL) }
                    await Polling.until("more answers") { tally.sum >= before + 100 || tally.sum == Self.calls }
                }
            }
        }
        #expect(tally.sum == Self.calls)
        #expect(Set(tally.counts.keys).isSubset(of: [#"{"ok":true}"#, #"{"slow":true}"#, "unavailable"]))
        #expect(tally.counts[#"{"ok":true}"#, default: 0] > Self.calls / 2)
        #expect(try #require(site.worker).restarts > 0)
        await site.end()
    }

    private static let calls = 10_000
    private static let callers = 50

    /// How often each answer came.
    private final class Tally: Sendable {
        private let state = Mutex<[String: Int]>([:])

        var counts: [String: Int] { state.withLock { $0 } }
        var sum: Int { counts.values.reduce(0, +) }

        func count(_ answer: String) { state.withLock { $0[answer, default: 0] += 1 } }
    }
}
