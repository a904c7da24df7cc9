import GatewayCore
import PluginFixtures
import PluginRuntime
import Synchronization
import TestSupport
import Testing

@Suite struct PluginConcurrencyTests {
    @Test(arguments: Place.allCases)
    func `one at a time means one at a time`(place: Place) async throws {
        let running = try await Running("one_at_a_time", in: place, execution: PluginExecution(concurrency: 1))
        let texts = await withTaskGroup(of: String.self) { group in
            for _ in 0..<64 { group.addTask { await running.call().text } }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(texts == Array(repeating: #"{"alone":true}"#, count: 64))
        await running.instance.stop()
    }

    @Test(arguments: Place.allCases)
    func `the queue is bounded`(place: Place) async throws {
        let running = try await Running(
            "completes_when_cancelled",
            in: place,
            execution: PluginExecution(concurrency: 1),
            limits: PluginLimits(queueLength: 1, submitTime: .seconds(60))
        )
        let first = Task { await running.call() }
        await Polling.until { running.instance.openCalls != 0 }
        let second = Task { await running.call() }
        await Polling.until { running.instance.waitingCalls != 0 }
        let third = await running.call()
        #expect(third.fault == .queueFull)
        #expect(third.status == .busy)
        second.cancel()
        #expect(await second.value.fault == .cancelled)
        #expect(await running.call(within: .milliseconds(20)).fault == .deadlinePassed)
        first.cancel()
        #expect(await first.value.fault == .cancelled)
        await running.instance.stop()
    }

    @Test(arguments: Place.allCases)
    func `a plugin that blocks has threads of its own`(place: Place) async throws {
        let running = try await Running("blocks", in: place, execution: PluginExecution(concurrency: 2, blocks: true))
        let texts = await withTaskGroup(of: String.self) { group in
            for _ in 0..<16 { group.addTask { await running.call().text } }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(texts == Array(repeating: #"{"waited":true}"#, count: 16))
        await running.instance.stop()
        #expect(running.observer.misbehaviours == [])
    }

    @Test(arguments: Place.allCases)
    func `many calls at once are all answered with their own`(place: Place) async throws {
        let running = try await Running(
            "plain",
            in: place,
            execution: PluginExecution(concurrency: 8),
            limits: PluginLimits(queueLength: 512, submitTime: .seconds(60))
        )
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<512 {
                group.addTask {
                    if number % 4 == 0 {
                        #expect(await running.call("slow", #"{"ms":1}"#).text == #"{"slept":true}"#)
                    } else {
                        #expect(await running.call("echo", "{\"text\":\(number)}").text == "{\"text\":\(number)}")
                    }
                }
            }
        }
        await running.instance.stop()
        #expect(running.observer.misbehaviours == [])
    }

    // MARK: - Operations of the host

    @Test(arguments: Place.allCases)
    func `an operation is done for the caller of its call`(place: Place) async throws {
        let service = RecordingService()
        let running = try await Running("plain", in: place, services: service)
        let caller = PluginCaller(requestID: RequestID(), principal: Principal(issuer: "i", subject: "s"))
        let reply = await running.call("source", #"{"sql":"select 1"}"#, within: .seconds(5), caller: caller)
        #expect(reply.text == #"{"rows":[]}"#)
        let request = try #require(service.requests.first)
        #expect(request.operation == "source.query")
        #expect(request.parent?.principal == caller.principal)
        #expect(request.parent?.requestID == caller.requestID)
        #expect(request.deadline.remaining <= .seconds(5))
        await running.instance.stop()
    }

    @Test(arguments: Place.allCases)
    func `an operation ends with its call and its reply says cancelled`(place: Place) async throws {
        let service = PatientService()
        let running = try await Running("plain", in: place, services: service)
        let reply = await running.call("source", #"{"sql":"select 1"}"#, within: .milliseconds(300))
        #expect(reply.fault == .deadlinePassed)
        await running.instance.stop()
        #expect(service.wasCancelled)
        #expect(running.observer.misbehaviours == [])
    }
}

/// Keeps what it was asked.
private final class RecordingService: HostServing {
    private let state = Mutex<[ServiceRequest]>([])
    var requests: [ServiceRequest] { state.withLock { $0 } }

    func serve(_ request: ServiceRequest) async -> ServiceReply {
        state.withLock { $0.append(request) }
        return ServiceReply(status: .ok, body: Array(#"{"rows":[]}"#.utf8))
    }
}

/// Answers when it is cancelled, and not before.
private final class PatientService: HostServing {
    private let state = Mutex(false)
    var wasCancelled: Bool { state.withLock { $0 } }

    func serve(_ request: ServiceRequest) async -> ServiceReply {
        while !Task.isCancelled { await Task.yield() }
        state.withLock { $0 = true }
        return ServiceReply(status: .ok, body: [])
    }
}
