/// What a worker tells the gateway.
///
/// A plugin may have taken the worker over: every message is the word of a stranger.
package enum WorkerMessage: Hashable, Sendable {
    /// Walled in and loaded: the layers in force, as bits, and the manifest as the binary returns it.
    case hello(layers: UInt32, manifest: ArraySlice<UInt8>)
    /// It cannot serve; a sentence for the operator.
    case failed(String)
    case created(status: Int32)
    case completed(call: UInt64, Completion)
    /// A result with so many bytes, which were not sent.
    case completedTooLarge(call: UInt64, bytes: UInt64)
    /// A result that could not be read, and why.
    case completedUnreadable(call: UInt64, String)
    /// `submit` did not take the call.
    case refused(call: UInt64, status: Int32)
    case emitted(call: UInt64, kind: UInt32, body: ArraySlice<UInt8>)
    case progressed(call: UInt64, done: Double, total: Double, note: String)
    case notified(kind: UInt32, body: ArraySlice<UInt8>)
    case logged(call: UInt64, level: UInt32, message: String, fields: ArraySlice<UInt8>)
    /// An operation for a call of the gateway's, or for the instance with 0; the number is the worker's.
    case invoked(operation: UInt64, Invocation)
    case aborted(operation: UInt64)
    case pong(UInt64)
    case misbehaved(Misbehaviour)
    /// Whether the instance was destroyed.
    case destroyed(Bool)

    /// A result: `beam_result`.
    package struct Completion: Hashable, Sendable {
        package var status: Int32
        package var isError: Bool
        package var structured: ArraySlice<UInt8>
        package var content: ArraySlice<UInt8>
        package var meta: ArraySlice<UInt8>

        package init(
            status: Int32,
            isError: Bool,
            structured: ArraySlice<UInt8>,
            content: ArraySlice<UInt8>,
            meta: ArraySlice<UInt8>
        ) {
            self.status = status
            self.isError = isError
            self.structured = structured
            self.content = content
            self.meta = meta
        }
    }

    package struct Invocation: Hashable, Sendable {
        package var parent: UInt64
        package var operation: String
        package var body: ArraySlice<UInt8>

        package init(parent: UInt64, operation: String, body: ArraySlice<UInt8>) {
            self.parent = parent
            self.operation = operation
            self.body = body
        }
    }

    /// What only the worker can see of a plugin's faults.
    package enum Misbehaviour: Hashable, Sendable {
        case staleCompletions(UInt64)
        case completedAndRefused(item: String)
        case slowSubmit(item: String, nanoseconds: Int64)
    }

    /// The frame's bytes.
    package var bytes: [UInt8] {
        switch self {
        case .hello(let layers, let manifest): return Self.frame(.hello, code: layers, manifest)
        case .failed(let reason): return Self.frame(.failed, reason.utf8.prefix(4 << 10))
        case .created(let status): return FrameWriter(.created, code: UInt32(bitPattern: status)).frame()
        case .completed(let call, let result):
            let size = 8 + result.structured.count + result.content.count + result.meta.count
            var writer = FrameWriter(
                .completed,
                flags: result.isError ? 1 : 0,
                call: call,
                code: UInt32(bitPattern: result.status),
                capacity: size
            )
            writer.writeCounted(result.structured)
            writer.writeCounted(result.content)
            writer.write(result.meta)
            return writer.frame()
        case .completedTooLarge(let call, let bytes):
            var writer = FrameWriter(.completedTooLarge, call: call)
            writer.write(bytes)
            return writer.frame()
        case .completedUnreadable(let call, let reason):
            return Self.frame(.completedUnreadable, call: call, reason.utf8.prefix(4 << 10))
        case .refused(let call, let status):
            return FrameWriter(.refused, call: call, code: UInt32(bitPattern: status)).frame()
        case .emitted(let call, let kind, let body): return Self.frame(.emitted, call: call, code: kind, body)
        case .progressed(let call, let done, let total, let note):
            var writer = FrameWriter(.progressed, call: call)
            writer.write(done.bitPattern)
            writer.write(total.bitPattern)
            writer.write(note.utf8)
            return writer.frame()
        case .notified(let kind, let body): return Self.frame(.notified, code: kind, body)
        case .logged(let call, let level, let message, let fields):
            var writer = FrameWriter(.logged, call: call, code: level)
            writer.writeCounted(message.utf8)
            writer.write(fields)
            return writer.frame()
        case .invoked(let operation, let invocation):
            var writer = FrameWriter(.invoked, call: operation, capacity: 80 + invocation.body.count)
            writer.write(invocation.parent)
            writer.writeCounted(invocation.operation.utf8)
            writer.write(invocation.body)
            return writer.frame()
        case .aborted(let operation): return FrameWriter(.aborted, call: operation).frame()
        case .pong(let number): return FrameWriter(.pong, call: number).frame()
        case .misbehaved(.staleCompletions(let count)):
            return FrameWriter(.misbehaved, call: count, code: 1).frame()
        case .misbehaved(.completedAndRefused(let item)):
            return Self.frame(.misbehaved, code: 2, item.utf8.prefix(4 << 10))
        case .misbehaved(.slowSubmit(let item, let nanoseconds)):
            let duration = UInt64(bitPattern: nanoseconds)
            return Self.frame(.misbehaved, call: duration, code: 3, item.utf8.prefix(4 << 10))
        case .destroyed(let isDone): return FrameWriter(.destroyed, code: isDone ? 1 : 0).frame()
        }
    }

    private static func frame(
        _ kind: Frame.Kind,
        call: UInt64 = 0,
        code: UInt32 = 0,
        _ payload: some Collection<UInt8>
    ) -> [UInt8] {
        var writer = FrameWriter(kind, call: call, code: code, capacity: payload.count)
        writer.write(payload)
        return writer.frame()
    }
}
