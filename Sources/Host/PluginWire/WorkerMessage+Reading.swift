extension WorkerMessage {
    /// Reads a frame; one of the other direction is `wrongDirection`.
    package init(_ frame: Frame) throws(FrameError) {
        var reader = PayloadReader(frame)
        let status = Int32(bitPattern: frame.code)
        switch frame.kind {
        case .hello: self = .hello(layers: frame.code, manifest: frame.payload)
        case .failed: self = .failed(Self.text(frame.payload))
        case .created: self = .created(status: status)
        case .completed:
            self = .completed(
                call: frame.call,
                Completion(
                    status: status,
                    isError: frame.flags & 1 != 0,
                    structured: try reader.counted(),
                    content: try reader.counted(),
                    meta: reader.rest
                )
            )
        case .completedTooLarge: self = .completedTooLarge(call: frame.call, bytes: try reader.number())
        case .completedUnreadable: self = .completedUnreadable(call: frame.call, Self.text(frame.payload))
        case .refused: self = .refused(call: frame.call, status: status)
        case .emitted: self = .emitted(call: frame.call, kind: frame.code, body: frame.payload)
        case .progressed:
            self = .progressed(
                call: frame.call,
                done: Double(bitPattern: try reader.number()),
                total: Double(bitPattern: try reader.number()),
                note: Self.text(reader.rest)
            )
        case .notified: self = .notified(kind: frame.code, body: frame.payload)
        case .logged:
            self = .logged(call: frame.call, level: frame.code, message: try reader.text(), fields: reader.rest)
        case .invoked:
            self = .invoked(
                operation: frame.call,
                Invocation(parent: try reader.number(), operation: try reader.text(), body: reader.rest)
            )
        case .aborted: self = .aborted(operation: frame.call)
        case .pong: self = .pong(frame.call)
        case .misbehaved: self = .misbehaved(try Self.misbehaviour(frame))
        case .destroyed: self = .destroyed(frame.code == 1)
        default: throw .wrongDirection(frame.kind)
        }
    }

    private static func misbehaviour(_ frame: Frame) throws(FrameError) -> Misbehaviour {
        switch frame.code {
        case 1: .staleCompletions(frame.call)
        case 2: .completedAndRefused(item: text(frame.payload))
        case 3: .slowSubmit(item: text(frame.payload), nanoseconds: Int64(bitPattern: frame.call))
        default: throw .unknownKind(UInt16(truncatingIfNeeded: frame.code))
        }
    }

    private static func text(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }
}
