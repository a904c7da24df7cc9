/// One message between gateway and worker: a head of twenty bytes, little-endian, and a payload.
///
/// `{u32 length, u16 type, u16 flags, u64 call, u32 code}`. The wire is private to one build of the program: both ends
/// are the same executable, so nothing in it is negotiated.
package struct Frame: Hashable, Sendable {
    /// What a frame is; the two directions share no number.
    package enum Kind: UInt16, Hashable, Sendable, CaseIterable {
        // Gateway to worker.
        case create = 1
        case submit = 2
        case cancel = 3
        case reply = 4
        case ping = 5
        case destroy = 6
        // Worker to gateway.
        case hello = 32
        case failed = 33
        case created = 34
        case completed = 35
        case completedTooLarge = 36
        case completedUnreadable = 37
        case refused = 38
        case emitted = 39
        case progressed = 40
        case notified = 41
        case logged = 42
        case invoked = 43
        case aborted = 44
        case pong = 45
        case misbehaved = 46
        case destroyed = 47

        /// Whether the worker sends it.
        package var isFromWorker: Bool { rawValue >= Kind.hello.rawValue }
    }

    /// The bytes before the payload.
    package static let headBytes = 20

    package let kind: Kind
    package let flags: UInt16
    /// A call, an operation or a count of its sender.
    package let call: UInt64
    /// A status, a method, a level.
    package let code: UInt32
    package let payload: ArraySlice<UInt8>

    package init(
        _ kind: Kind,
        flags: UInt16 = 0,
        call: UInt64 = 0,
        code: UInt32 = 0,
        payload: ArraySlice<UInt8> = []
    ) {
        self.kind = kind
        self.flags = flags
        self.call = call
        self.code = code
        self.payload = payload
    }
}

/// What makes bytes no frame; whoever sent them is not spoken with any more.
package enum FrameError: Error, Hashable, Sendable {
    case unknownKind(UInt16)
    /// A frame of the other direction.
    case wrongDirection(Frame.Kind)
    /// More than its kind may have.
    case tooLong(Frame.Kind, bytes: UInt32)
    /// Its payload ends before its parts do.
    case tooShort(Frame.Kind)
}
