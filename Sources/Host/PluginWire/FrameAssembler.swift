/// Cuts a stream of bytes into frames, whatever the sender does.
///
/// Holds at most one frame that is not whole, and of it only what has come: a length alone costs nothing.
package struct FrameAssembler: Sendable {
    private var bytes: [UInt8] = []
    private var next = 0
    private let limits: FrameLimits
    private let isFromWorker: Bool

    /// What is kept of the buffer when it is empty, in bytes.
    private static let keptCapacity = 1 << 20

    /// Reads what workers send, or what the gateway sends.
    package init(fromWorker: Bool, limits: FrameLimits) {
        isFromWorker = fromWorker
        self.limits = limits
    }

    /// How many bytes wait for the rest of their frame.
    package var waitingBytes: Int { bytes.count - next }

    /// Adds what came.
    package mutating func append(_ more: ArraySlice<UInt8>) {
        if next == bytes.count {
            if bytes.count > Self.keptCapacity { bytes = [] } else { bytes.removeAll(keepingCapacity: true) }
            next = 0
        } else if next > Self.keptCapacity {
            bytes.removeFirst(next)
            next = 0
        }
        bytes.append(contentsOf: more)
    }

    /// The next whole frame; nil when there is none yet.
    ///
    /// Throws `FrameError` for what can be no frame; nothing after it can be read.
    package mutating func frame() throws(FrameError) -> Frame? {
        guard bytes.count - next >= Frame.headBytes else { return nil }
        let length: UInt32 = bytes.littleEndian(at: next)
        let number: UInt16 = bytes.littleEndian(at: next + 4)
        guard let kind = Frame.Kind(rawValue: number) else { throw .unknownKind(number) }
        guard kind.isFromWorker == isFromWorker else { throw .wrongDirection(kind) }
        guard length <= limits.payload(of: kind) else { throw .tooLong(kind, bytes: length) }
        let start = next + Frame.headBytes
        let end = start + Int(length)
        guard bytes.count >= end else { return nil }
        let frame = Frame(
            kind,
            flags: bytes.littleEndian(at: next + 6),
            call: bytes.littleEndian(at: next + 8),
            code: bytes.littleEndian(at: next + 16),
            payload: bytes[start..<end]
        )
        next = end
        return frame
    }
}

extension [UInt8] {
    /// A number at a position; all its bytes must be there.
    func littleEndian<Number: FixedWidthInteger>(at position: Int) -> Number {
        var number: Number = 0
        for index in (0..<Number.bitWidth / 8).reversed() {
            number = number << 8 | Number(truncatingIfNeeded: self[position + index])
        }
        return number
    }

    mutating func appendLittleEndian(_ number: some FixedWidthInteger) {
        for shift in stride(from: 0, to: number.bitWidth, by: 8) {
            append(UInt8(truncatingIfNeeded: number >> shift))
        }
    }
}
