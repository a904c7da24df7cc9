import GatewayCore
import Glibc
import PluginRuntime
import PluginWire
import Synchronization

/// What a worker says, and whether it still does; on the thread that reads for all workers.
extension WorkerLink: WorkerPolled {
    /// The longest line of the error stream that is kept whole, in bytes.
    private static let errorLineBytes = 1 << 10

    func readable(_ descriptor: CInt, _ buffer: inout [UInt8]) {
        descriptor == process.channel ? readMessages(&buffer) : readErrors(&buffer)
    }

    func writable() {
        guard outbox.flush(), let number = state.withLock({ $0.number.first }) else { return }
        stopWaitingForRoom(number)
    }

    private func readMessages(_ buffer: inout [UInt8]) {
        let count = unsafe read(process.channel, &buffer, buffer.count)
        guard count > 0 else {
            if count < 0, errno == EAGAIN || errno == EINTR { return }
            return finish(.closed)
        }
        let bytes = buffer[..<count]
        state.withLock { $0.assembler.append(bytes) }
        do throws(FrameError) {
            while let frame = try nextFrame() { hear(try WorkerMessage(frame)) }
        } catch {
            finish(.spokeWrongly(error))
        }
    }

    private func nextFrame() throws(FrameError) -> Frame? {
        let result = state.withLock { state -> Result<Frame?, FrameError> in
            guard state.end == nil else { return .success(nil) }
            do throws(FrameError) {
                return .success(try state.assembler.frame())
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    private func hear(_ message: WorkerMessage) {
        switch message {
        case .hello(let layers, let manifest):
            state.withLock { $0.isGreeted = true }
            greeting.settle(.hello(SandboxLayers(rawValue: layers), manifest: Array(manifest)))
        case .failed(let reason):
            greeting.settle(.failed(reason))
            creation.settle(.unavailable)
        case .created(let status): creation.settle(PluginStatus(number: status))
        case .destroyed(let isDone): destruction.settle(isDone)
        case .pong(let number):
            state.withLock { if $0.pings == number { $0.silence = nil } }
        case .logged(let call, let level, let message, let fields):
            log(PluginLogLine(level: Int(level), message: message, fields: Array(fields), call: call))
        default:
            guard let endpoint = state.withLock({ $0.endpoint }) else { return }
            hear(message, endpoint)
        }
    }

    private func hear(_ message: WorkerMessage, _ endpoint: HostEndpoint) {
        switch message {
        case .completed(let call, let result):
            endpoint.complete(
                call,
                .result(
                    status: PluginStatus(number: result.status),
                    isError: result.isError,
                    structured: Array(result.structured),
                    content: Array(result.content),
                    meta: Array(result.meta)
                )
            )
        case .completedTooLarge(let call, let bytes): endpoint.complete(call, .tooLarge(bytes: bytes))
        case .completedUnreadable(let call, let reason): endpoint.complete(call, .unreadable(reason))
        case .refused(let call, let status): endpoint.refuse(call, PluginStatus(number: status))
        case .emitted(let call, let kind, let body): endpoint.emit(call, kind: kind) { Array(body) }
        case .progressed(let call, let done, let total, let note):
            endpoint.progress(call, done: done, total: total) { note }
        case .misbehaved(let misbehaviour): endpoint.note(translated(misbehaviour))
        case .notified(let kind, let body): endpoint.notify(kind: kind) { Array(body) }
        case .invoked(let operation, let invocation): invoke(operation, invocation, endpoint)
        case .aborted(let operation):
            if let number = state.withLock({ $0.operations[operation] }) { endpoint.abort(number) }
        default: break
        }
    }

    private func invoke(_ operation: UInt64, _ invocation: WorkerMessage.Invocation, _ endpoint: HostEndpoint) {
        let prepared = endpoint.prepareInvocation(
            parent: invocation.parent,
            operation: Array(invocation.operation.utf8),
            body: Array(invocation.body)
        )
        switch prepared {
        case .failure(let refusal):
            send(.reply(operation: operation, status: refusal.status.rawValue, body: []))
        case .success(let prepared):
            state.withLock { $0.operations[operation] = prepared.number }
            endpoint.start(prepared) { [weak self] status, body in self?.reply(operation, status, body) }
        }
    }

    /// A reply for which there is no room says so instead of taking it.
    private func reply(_ operation: UInt64, _ status: PluginStatus, _ body: [UInt8]) {
        let isOpen = state.withLock { $0.operations.removeValue(forKey: operation) != nil }
        guard isOpen else { return }
        if outbox.isFull, body.count > 1 << 10 {
            send(.reply(operation: operation, status: PluginStatus.unavailable.rawValue, body: []))
        } else {
            send(.reply(operation: operation, status: status.rawValue, body: body[...]))
        }
    }

    private func translated(_ misbehaviour: WorkerMessage.Misbehaviour) -> PluginMisbehaviour {
        switch misbehaviour {
        case .staleCompletions(let count): .staleCompletions(count)
        case .completedAndRefused(let item): .completedAndRefused(item: item)
        case .slowSubmit(let item, let nanoseconds): .slowSubmit(item: item, .nanoseconds(nanoseconds))
        }
    }

    // MARK: - The error stream and the log

    private func readErrors(_ buffer: inout [UInt8]) {
        let count = unsafe read(process.errors, &buffer, buffer.count)
        guard count > 0 else {
            // Its end is that of the process, which the socket tells.
            if count == 0, let number = state.withLock({ $0.number.last }) { stopWatching(number) }
            return
        }
        let bytes = buffer[..<count]
        let lines = state.withLock { state -> [String] in
            state.errorLine += bytes
            var parts = state.errorLine.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            state.errorLine = Array((parts.popLast() ?? []).suffix(Self.errorLineBytes))
            return parts.filter { !$0.isEmpty }
                .map { String(decoding: $0.prefix(Self.errorLineBytes), as: UTF8.self) }
        }
        for line in lines { log(PluginLogLine(level: 3, message: "printed: \(line)")) }
    }

    private func log(_ line: PluginLogLine) {
        switch state.withLock({ $0.lines.take(at: MonotonicTime.now()) }) {
        case .suppress: break
        case .write(let suppressed):
            if suppressed > 0 {
                observer.logged(PluginLogLine(level: 4, message: "\(suppressed) lines of the worker were left out"))
            }
            observer.logged(line)
        }
    }

    // MARK: - Every second

    func tick() {
        let memory = process.memory
        let (isSilent, ping) = state.withLock { state -> (Bool, UInt64?) in
            state.memory = memory ?? state.memory
            guard state.isGreeted, state.end == nil else { return (false, nil) }
            if let silence = state.silence {
                state.silence = silence + 1
                return (.seconds(silence + 1) >= silenceLimit, nil)
            }
            state.pings += 1
            state.silence = 0
            return (false, state.pings)
        }
        if isSilent { return finish(.silent) }
        if let ping { send(.ping(ping)) }
        if let memory, memory > memoryLimit { finish(.memory(bytes: memory)) }
    }
}
