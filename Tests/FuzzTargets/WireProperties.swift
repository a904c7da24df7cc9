import PluginWire

/// However the bytes of a worker or of the gateway come, they are the same messages, and a message says what it said.
enum WireProperties {
    private static let limits = FrameLimits(resultBytes: 4096, requestBytes: 4096)

    static func fault(in bytes: [UInt8]) -> String? {
        for isFromWorker in [true, false] {
            let (whole, wholeError) = frames([bytes[...]], isFromWorker)
            let (single, singleError) = frames(bytes.indices.map { bytes[$0...$0] }, isFromWorker)
            guard whole == single, wholeError == singleError else { return "it matters how frames are cut" }
            for frame in whole {
                guard frame.payload.count <= limits.payload(of: frame.kind) else { return "a payload is too long" }
                let isStable =
                    isFromWorker
                    ? says((try? WorkerMessage(frame))?.bytes) { try? WorkerMessage($0).bytes }
                    : says((try? GatewayMessage(frame))?.bytes) { try? GatewayMessage($0).bytes }
                guard isStable else { return "a message does not come back" }
            }
        }
        return nil
    }

    private static func frames(_ pieces: [ArraySlice<UInt8>], _ isFromWorker: Bool) -> ([Frame], FrameError?) {
        var assembler = FrameAssembler(fromWorker: isFromWorker, limits: limits)
        var frames: [Frame] = []
        do throws(FrameError) {
            for piece in pieces {
                assembler.append(piece)
                while let frame = try assembler.frame() {
                    frames.append(
                        Frame(
                            frame.kind,
                            flags: frame.flags,
                            call: frame.call,
                            code: frame.code,
                            payload: ArraySlice(Array(frame.payload))
                        )
                    )
                }
            }
        } catch {
            return (frames, error)
        }
        return (frames, nil)
    }

    /// Whether a message that was read is read again from what it writes; what is no message says nothing.
    private static func says(_ bytes: [UInt8]?, _ again: (Frame) -> [UInt8]?) -> Bool {
        guard let bytes, bytes.count >= Frame.headBytes else { return bytes == nil }
        guard let kind = Frame.Kind(rawValue: UInt16(bytes[4]) | UInt16(bytes[5]) << 8) else { return false }
        var assembler = FrameAssembler(
            fromWorker: kind.isFromWorker,
            limits: FrameLimits(resultBytes: 1 << 20, requestBytes: 1 << 20)
        )
        assembler.append(bytes[...])
        // Text that was repaired may be longer than a frame of its kind.
        guard let frame = try? assembler.frame() else { return true }
        return again(frame) == bytes
    }
}
