import GatewayCore
import Glibc
import PluginRuntime
import PluginWire
import Synchronization

/// What a worker does with the gateway's messages: the plugin's instance here, its host at the other end.
final class WorkerSession: Sendable {
    /// The two numbers of each open call: the gateway's and this process's.
    private struct Calls {
        var local: [UInt64: UInt64] = [:]
        var gateway: [UInt64: UInt64] = [:]
    }

    let channel: WorkerChannel
    private let library: PluginLibrary
    private let calls = Mutex(Calls())
    private let instance = Mutex<PluginInstance?>(nil)
    private let operations = PendingOperations()

    init(_ channel: WorkerChannel, _ library: PluginLibrary) {
        self.channel = channel
        self.library = library
    }

    /// Takes one message; on the thread that reads them, so that a plugin that holds it is noticed.
    func handle(_ message: GatewayMessage) {
        switch message {
        case .create(let creation): Task { await create(creation) }
        case .submit(let call, let submission): submit(call, submission)
        case .cancel(let call, let why):
            guard let number = calls.withLock({ $0.local[call] }) else { return }
            instance.withLock { $0 }?.cancel(number, PluginStatus(number: why))
        case .reply(let operation, let status, let body):
            operations.end(operation, ServiceReply(status: PluginStatus(number: status), body: Array(body)))
        case .ping(let number): channel.send(.pong(number))
        case .destroy: Task { await destroy() }
        }
    }

    private func create(_ creation: GatewayMessage.Creation) async {
        let execution = PluginExecution(concurrency: Int(creation.concurrency), blocks: creation.blocks)
        do throws(PluginLoadError) {
            let instance = try await PluginInstance.open(
                library.limited(by: creation),
                configuration: Array(creation.configuration),
                execution: execution,
                services: ForwardedServices(self),
                observer: ForwardingObserver(channel) { [weak self] in self?.gatewayNumber(of: $0) ?? 0 }
            )
            self.instance.withLock { $0 = instance }
            channel.send(.created(status: PluginStatus.ok.rawValue))
        } catch .notCreated(let status) {
            channel.send(.created(status: status.rawValue))
        } catch {
            channel.send(.failed("\(error)"))
        }
    }

    private func submit(_ call: UInt64, _ submission: GatewayMessage.Submission) {
        guard let instance = instance.withLock({ $0 }) else {
            return channel.send(.refused(call: call, status: PluginStatus.unavailable.rawValue))
        }
        guard let method = PluginMethod(rawValue: submission.method) else {
            return channel.send(.refused(call: call, status: PluginStatus.unsupported.rawValue))
        }
        let request = PluginRequest(
            method: method,
            name: submission.name,
            body: submission.body,
            context: Array(submission.context),
            deadline: nil,
            caller: Self.somebody,
            events: { [channel] in Self.forward($0, of: call, to: channel) }
        )
        guard let number = instance.reserve(request) else {
            return channel.send(.refused(call: call, status: PluginStatus.unavailable.rawValue))
        }
        calls.withLock { calls in
            calls.local[call] = number
            calls.gateway[number] = call
        }
        let due = submission.deadline == 0 ? MonotonicTime.never : submission.deadline
        instance.relay(number, request, due: due) { [self] outcome in
            calls.withLock { calls in
                calls.local[call] = nil
                calls.gateway[number] = nil
            }
            channel.send(Self.message(call, outcome))
        }
    }

    /// The gateway's number of a call of this process; nil when it is over.
    func gatewayNumber(of number: UInt64) -> UInt64? { calls.withLock { $0.gateway[number] } }

    /// Has the gateway carry an operation out.
    func serve(_ request: ServiceRequest) async -> ServiceReply {
        var parent: UInt64 = 0
        if let call = request.parent?.call {
            guard let number = gatewayNumber(of: call) else {
                return ServiceReply(status: .cancelled, body: PluginRequest.emptyObject)
            }
            parent = number
        }
        let invocation = WorkerMessage.Invocation(
            parent: parent,
            operation: request.operation,
            body: request.body[...]
        )
        return await operations.wait { [channel] number in
            channel.send(.invoked(operation: number, invocation))
        } aborted: { [channel] number in
            channel.send(.aborted(operation: number))
        }
    }

    private func destroy() async {
        if let instance = instance.withLock({ $0 }) {
            await instance.stop(within: .seconds(5), tellsPlugin: false)
        }
        channel.send(.destroyed(true))
        await channel.drain()
        _exit(0)
    }

    private static func forward(_ event: PluginEvent, of call: UInt64, to channel: WorkerChannel) -> PluginStatus {
        guard !channel.isCongested else { return .busy }
        switch event {
        case .log(let body): channel.send(.emitted(call: call, kind: clientLog, body: body[...]))
        case .progress(let done, let total, let note):
            channel.send(.progressed(call: call, done: done, total: total, note: note))
        }
        return .ok
    }

    private static func message(_ call: UInt64, _ outcome: CallOutcome) -> WorkerMessage {
        switch outcome {
        case .refused(let status): .refused(call: call, status: status.rawValue)
        case .completed(.tooLarge(let bytes)): .completedTooLarge(call: call, bytes: bytes)
        case .completed(.unreadable(let reason)): .completedUnreadable(call: call, reason)
        case .completed(.result(let status, let isError, let structured, let content, let meta)):
            .completed(
                call: call,
                WorkerMessage.Completion(
                    status: status.rawValue,
                    isError: isError,
                    structured: structured[...],
                    content: content[...],
                    meta: meta[...]
                )
            )
        // Never given to the plugin; the gateway, which ended it, has only to forget it.
        case .ended(let status):
            .completed(
                call: call,
                WorkerMessage.Completion(
                    status: status.rawValue,
                    isError: false,
                    structured: [],
                    content: [],
                    meta: []
                )
            )
        }
    }

    /// Stands for the caller, whom the gateway knows and a worker does not.
    private static let somebody = PluginCaller(requestID: RequestID(), principal: .anonymous)
    /// `BEAM_E_LOG`.
    private static let clientLog: UInt32 = 1
}

/// The gateway's services, without keeping the session.
private struct ForwardedServices: HostServing {
    weak let session: WorkerSession?

    init(_ session: WorkerSession) {
        self.session = session
    }

    func serve(_ request: ServiceRequest) async -> ServiceReply {
        await session?.serve(request) ?? ServiceReply(status: .unavailable, body: PluginRequest.emptyObject)
    }
}

extension PluginLibrary {
    /// The library with the limits of an instance.
    fileprivate func limited(by creation: GatewayMessage.Creation) -> PluginLibrary {
        withLimits(
            PluginLimits(
                resultBytes: Int(clamping: creation.resultBytes),
                openInvocations: Int(creation.openOperations),
                submitTime: .nanoseconds(creation.submitNanoseconds),
                loaderTime: .nanoseconds(creation.loaderNanoseconds),
                blockingThreads: Int(creation.blockingThreads)
            )
        )
    }
}
