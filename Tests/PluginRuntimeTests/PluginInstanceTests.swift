import GatewayCore
import JSON
import PluginFixtures
import PluginRuntime
import Synchronization
import TestSupport
import Testing

@Suite struct PluginInstanceTests {
    @Test func `a call is answered with the plugin's bytes`() async throws {
        let running = try await Running("plain")
        let reply = await running.call("echo", #"{"text":"Grüße \"zwei\""}"#)
        #expect(reply.status == .ok)
        #expect(reply.text == #"{"text":"Grüße \"zwei\""}"#)
        #expect(running.observer.lines == ["plain C plugin started"])
        await running.instance.stop()
        #expect(running.observer.misbehaviours == [])
    }

    @Test func `the second of two completions is stale`() async throws {
        let running = try await Running("completes_twice")
        #expect(await running.call().text == #"{"first":true}"#)
        #expect(running.instance.staleCompletions == 1)
        #expect(running.observer.lines == ["second was stale"])
        #expect(running.observer.misbehaviours == [.staleCompletions(1)])
        await running.instance.stop()
    }

    @Test func `invented completions are stale and counted`() async throws {
        let running = try await Running("invents_calls")
        #expect(await running.call().status == .ok)
        #expect(running.instance.staleCompletions == 2)
        await running.instance.stop()
    }

    @Test func `a call completed and refused keeps its answer`() async throws {
        let running = try await Running("completes_and_refuses")
        #expect(await running.call().text == #"{"answered":true}"#)
        #expect(running.observer.misbehaviours == [.completedAndRefused(item: "act")])
        await running.instance.stop()
    }

    @Test func `a refused call has the plugin's status`() async throws {
        let running = try await Running("refuses")
        let reply = await running.call()
        #expect(reply.fault == .refused(.rateLimited))
        #expect(reply.status == .rateLimited)
        #expect(running.instance.openCalls == 0)
        await running.instance.stop()
    }

    @Test func `a busy plugin is asked again`() async throws {
        let running = try await Running("busy_twice")
        #expect(await running.call().text == #"{"attempts":3}"#)
        await running.instance.stop()
    }

    @Test func `without a deadline a request goes on until it is cancelled, and the plugin is told of none`()
        async throws
    {
        let running = try await Running("subscribes", execution: PluginExecution(concurrency: 1))
        let request = PluginRequest(method: .subscribe, name: "note:a", deadline: nil)
        let task = Task { await running.instance.call(request) }
        await Polling.until("the watch") { running.observer.lines.count == 1 }
        #expect(running.observer.lines == ["note:a deadline 0 body {} context {}"])
        // It takes no place among the calls.
        #expect(await running.call().status == .ok)
        task.cancel()
        #expect(await task.value.fault == .cancelled)
        await Polling.until("the end") { running.instance.openCalls == 0 }
        await running.instance.stop()
        #expect(running.observer.misbehaviours == [])
    }

    @Test func `without a deadline a busy plugin is not asked again`() async throws {
        let running = try await Running("always_busy")
        let reply = await running.instance.call(PluginRequest(method: .toolCall, name: "act", deadline: nil))
        #expect(reply.fault == .refused(.busy))
        await running.instance.stop()
    }

    @Test func `a plugin that stays busy is busy`() async throws {
        let running = try await Running("always_busy")
        #expect(await running.call(within: .seconds(1)).fault == .refused(.busy))
        await running.instance.stop()
    }

    @Test func `the host answers at the deadline and cancels`() async throws {
        let running = try await Running("completes_when_cancelled")
        #expect(await running.call(within: .milliseconds(300)).fault == .deadlinePassed)
        await running.instance.stop()
        #expect(running.observer.lines == ["cancel 6 poll 6 complete 0"])
        #expect(running.observer.misbehaviours == [])
    }

    @Test func `a cancelled task is answered at once and the plugin told`() async throws {
        let running = try await Running("completes_when_cancelled")
        let task = Task { await running.call() }
        await Polling.until { running.instance.openCalls != 0 }
        task.cancel()
        #expect(await task.value.fault == .cancelled)
        await running.instance.stop()
        #expect(running.observer.lines == ["cancel 10 poll 10 complete 0"])
    }

    @Test func `a task cancelled before its call never reaches the plugin`() async throws {
        let running = try await Running("never_completes")
        let task = Task {
            while !Task.isCancelled { await Task.yield() }
            return await running.call()
        }
        task.cancel()
        #expect(await task.value.fault == .cancelled)
        #expect(running.instance.openCalls == 0)
        await running.instance.stop()
        #expect(running.observer.misbehaviours == [])
    }

    @Test func `stopping ends open calls and destroys`() async throws {
        let running = try await Running("completes_when_cancelled")
        let task = Task { await running.call() }
        await Polling.until { running.instance.openCalls != 0 }
        await running.instance.stop()
        #expect(await task.value.fault == .stopping)
        #expect(running.observer.lines == ["cancel 5 poll 10 complete 0"])
        #expect(await running.call().fault == .stopping)
        #expect(running.observer.misbehaviours == [])
    }

    @Test func `calls that are never completed hold their places and disable the plugin`() async throws {
        let running = try await Running(
            "never_completes",
            limits: PluginLimits(cancelGrace: .milliseconds(1), lostCalls: 2, submitTime: .seconds(60))
        )
        #expect(await running.call(within: .milliseconds(200)).fault == .deadlinePassed)
        await Polling.until { running.instance.lostCalls >= 1 }
        #expect(await running.call(within: .milliseconds(200)).fault == .deadlinePassed)
        await Polling.until { running.instance.lostCalls >= 2 }
        #expect(await running.call(within: .milliseconds(5)).fault == .disabled)
        await running.instance.stop(within: .milliseconds(10))
        #expect(
            running.observer.misbehaviours == [
                .ignoredCancel(item: "act", lost: 1), .ignoredCancel(item: "act", lost: 2), .neverEnded,
            ]
        )
    }

    @Test func `a late completion gives the place back and disturbs nobody`() async throws {
        let running = try await Running(
            "completes_late",
            limits: PluginLimits(cancelGrace: .milliseconds(1), submitTime: .seconds(60))
        )
        #expect(await running.call(within: .milliseconds(200)).fault == .deadlinePassed)
        await Polling.until { running.instance.lostCalls >= 1 }
        #expect(await running.call().text == #"{"second":true}"#)
        #expect(running.instance.lostCalls == 0)
        #expect(running.instance.staleCompletions == 0)
        await running.instance.stop()
    }

    @Test func `a result at the cap passes and one above does not`() async throws {
        let size = 4 << 20
        let fits = try await Running("huge_result", limits: PluginLimits(resultBytes: size, submitTime: .seconds(60)))
        #expect(await fits.call().structured.count == size)
        await fits.instance.stop()
        let capped = try await Running(
            "huge_result",
            limits: PluginLimits(resultBytes: size - 1, submitTime: .seconds(60))
        )
        #expect(await capped.call().fault == .resultTooLarge(UInt64(size)))
        #expect(await capped.call("lie").fault == .resultTooLarge(.max - 1))
        await capped.instance.stop()
    }

    @Test(arguments: ["text", "utf8", "content", "meta", "pointer", "null", "tiny"])
    func `a malformed result is the plugin's fault`(kind: String) async throws {
        let running = try await Running("malformed_result")
        let reply = await running.call(kind)
        guard case .malformedResult = reply.fault else {
            Issue.record("\(reply)")
            return
        }
        #expect(reply.status == .internal)
        #expect(running.observer.misbehaviours.count == 1)
        await running.instance.stop()
    }

    @Test func `fields count as far as struct_size reaches`() async throws {
        let running = try await Running("malformed_result")
        let reply = await running.call("prefix")
        #expect(reply.status == .ok)
        #expect(reply.text == "{}")
        #expect(reply.content.isEmpty)
        #expect(await running.call("error").isError)
        let failed = await running.call("failed")
        #expect(failed.status == .notFound)
        #expect(failed.structured.isEmpty)
        #expect(await running.call("unknown").status == .internal)
        await running.instance.stop()
    }
}
