import GatewayCore
import JSON
import PluginFixtures
import PluginRuntime
import Synchronization
import TestSupport
import Testing

@Suite struct PluginInstanceTests {
    @Test(arguments: Place.allCases)
    func `a call is answered with the plugin's bytes`(place: Place) async throws {
        let running = try await Running("plain", in: place)
        let reply = await running.call("echo", #"{"text":"Grüße \"zwei\""}"#)
        #expect(reply.status == .ok)
        #expect(reply.text == #"{"text":"Grüße \"zwei\""}"#)
        #expect(running.observer.lines == ["plain C plugin started"])
        await running.instance.stop()
        #expect(running.observer.misbehaviours == [])
    }

    @Test(arguments: Place.allCases)
    func `the second of two completions is stale`(place: Place) async throws {
        let running = try await Running("completes_twice", in: place)
        #expect(await running.call().text == #"{"first":true}"#)
        // In a worker the second is seen after the first has been sent.
        await Polling.until("the second") { running.observer.lines.count == 1 }
        #expect(running.instance.staleCompletions == 1)
        #expect(running.observer.lines == ["second was stale"])
        #expect(running.observer.misbehaviours == [.staleCompletions(1)])
        await running.instance.stop()
    }

    @Test(arguments: Place.allCases)
    func `invented completions are stale and counted`(place: Place) async throws {
        let running = try await Running("invents_calls", in: place)
        #expect(await running.call().status == .ok)
        #expect(running.instance.staleCompletions == 2)
        await running.instance.stop()
    }

    @Test(arguments: Place.allCases)
    func `a call completed and refused keeps its answer`(place: Place) async throws {
        let running = try await Running("completes_and_refuses", in: place)
        #expect(await running.call().text == #"{"answered":true}"#)
        // In a worker it is seen after the answer has been sent.
        await Polling.until("the report") { running.observer.misbehaviours.count == 1 }
        #expect(running.observer.misbehaviours == [.completedAndRefused(item: "act")])
        await running.instance.stop()
    }

    @Test(arguments: Place.allCases)
    func `a refused call has the plugin's status`(place: Place) async throws {
        let running = try await Running("refuses", in: place)
        let reply = await running.call()
        #expect(reply.fault == .refused(.rateLimited))
        #expect(reply.status == .rateLimited)
        #expect(running.instance.openCalls == 0)
        await running.instance.stop()
    }

    @Test(arguments: Place.allCases)
    func `a busy plugin is asked again`(place: Place) async throws {
        let running = try await Running("busy_twice", in: place)
        #expect(await running.call().text == #"{"attempts":3}"#)
        await running.instance.stop()
    }

    @Test(arguments: Place.allCases)
    func `without a deadline a request goes on until it is cancelled, and the plugin is told of none`(
        place: Place
    )
        async throws
    {
        let running = try await Running("subscribes", in: place, execution: PluginExecution(concurrency: 1))
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

    @Test(arguments: Place.allCases)
    func `without a deadline a busy plugin is not asked again`(place: Place) async throws {
        let running = try await Running("always_busy", in: place)
        let reply = await running.instance.call(PluginRequest(method: .toolCall, name: "act", deadline: nil))
        #expect(reply.fault == .refused(.busy))
        await running.instance.stop()
    }

    @Test(arguments: Place.allCases)
    func `a plugin that stays busy is busy`(place: Place) async throws {
        let running = try await Running("always_busy", in: place)
        #expect(await running.call(within: .seconds(1)).fault == .refused(.busy))
        await running.instance.stop()
    }

    @Test(arguments: Place.allCases)
    func `the host answers at the deadline and cancels`(place: Place) async throws {
        let running = try await Running("completes_when_cancelled", in: place)
        #expect(await running.call(within: .milliseconds(300)).fault == .deadlinePassed)
        await running.instance.stop()
        #expect(running.observer.lines == ["cancel 6 poll 6 complete 0"])
        #expect(running.observer.misbehaviours == [])
    }

    @Test(arguments: Place.allCases)
    func `a cancelled task is answered at once and the plugin told`(place: Place) async throws {
        let running = try await Running("completes_when_cancelled", in: place)
        let task = Task { await running.call() }
        await Polling.until { running.instance.openCalls != 0 }
        task.cancel()
        #expect(await task.value.fault == .cancelled)
        await running.instance.stop()
        #expect(running.observer.lines == ["cancel 10 poll 10 complete 0"])
    }

    @Test(arguments: Place.allCases)
    func `a task cancelled before its call never reaches the plugin`(place: Place) async throws {
        let running = try await Running("never_completes", in: place)
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

    @Test(arguments: Place.allCases)
    func `stopping ends open calls and destroys`(place: Place) async throws {
        let running = try await Running("completes_when_cancelled", in: place)
        let task = Task { await running.call() }
        await Polling.until { running.instance.openCalls != 0 }
        await running.instance.stop()
        #expect(await task.value.fault == .stopping)
        #expect(running.observer.lines == ["cancel 5 poll 10 complete 0"])
        #expect(await running.call().fault == .gone)
        #expect(running.observer.misbehaviours == [])
    }

    @Test(arguments: Place.allCases)
    func `calls that are never completed hold their places and disable the plugin`(place: Place) async throws {
        let running = try await Running(
            "never_completes",
            in: place,
            limits: PluginLimits(cancelGrace: .milliseconds(1), lostCalls: 2, submitTime: .seconds(60))
        )
        #expect(await running.call(within: .milliseconds(200)).fault == .deadlinePassed)
        await Polling.until { running.instance.lostCalls >= 1 }
        #expect(await running.call(within: .milliseconds(200)).fault == .deadlinePassed)
        await Polling.until { running.instance.lostCalls >= 2 }
        #expect(await running.call(within: .milliseconds(5)).fault == .disabled)
        await running.instance.stop(within: .milliseconds(10))
        // STOP may come too late too: it had ten milliseconds.
        let misbehaviours = running.observer.misbehaviours
        #expect(
            misbehaviours.prefix(2) == [.ignoredCancel(item: "act", lost: 1), .ignoredCancel(item: "act", lost: 2)]
        )
        #expect(misbehaviours.last == .neverEnded)
    }

    @Test(arguments: Place.allCases)
    func `a late completion gives the place back and disturbs nobody`(place: Place) async throws {
        let running = try await Running(
            "completes_late",
            in: place,
            limits: PluginLimits(cancelGrace: .milliseconds(1), submitTime: .seconds(60))
        )
        #expect(await running.call(within: .milliseconds(200)).fault == .deadlinePassed)
        await Polling.until { running.instance.lostCalls >= 1 }
        #expect(await running.call().text == #"{"second":true}"#)
        #expect(running.instance.lostCalls == 0)
        #expect(running.instance.staleCompletions == 0)
        await running.instance.stop()
    }

    @Test(arguments: Place.allCases)
    func `a result at the cap passes and one above does not`(place: Place) async throws {
        let size = 4 << 20
        let fits = try await Running(
            "huge_result",
            in: place,
            limits: PluginLimits(resultBytes: size, submitTime: .seconds(60))
        )
        #expect(await fits.call().structured.count == size)
        await fits.instance.stop()
        let capped = try await Running(
            "huge_result",
            in: place,
            limits: PluginLimits(resultBytes: size - 1, submitTime: .seconds(60))
        )
        #expect(await capped.call().fault == .resultTooLarge(UInt64(size)))
        #expect(await capped.call("lie").fault == .resultTooLarge(.max - 1))
        await capped.instance.stop()
    }

    @Test(arguments: Place.allCases, ["text", "utf8", "content", "meta", "pointer", "null", "tiny"])
    func `a malformed result is the plugin's fault`(place: Place, kind: String) async throws {
        let running = try await Running("malformed_result", in: place)
        let reply = await running.call(kind)
        guard case .malformedResult = reply.fault else {
            Issue.record("\(reply)")
            return
        }
        #expect(reply.status == .internal)
        #expect(running.observer.misbehaviours.count == 1)
        await running.instance.stop()
    }

    @Test(arguments: Place.allCases)
    func `fields count as far as struct_size reaches`(place: Place) async throws {
        let running = try await Running("malformed_result", in: place)
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
