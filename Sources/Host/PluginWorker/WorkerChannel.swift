import GatewayCore
import Glibc
import PluginRuntime
import PluginWire
import Synchronization

/// The worker's end of the socket.
///
/// Sending never blocks: what the socket does not take is queued, and a thread of its own sends it. The queue is
/// bounded by the calls the gateway has let in; what a plugin may say at will is refused while anything much waits.
final class WorkerChannel: Sendable {
    private struct Outgoing {
        var chunks: [ArraySlice<UInt8>] = []
        var bytes = 0
    }

    /// With so many bytes waiting, messages that can be dropped are, in bytes.
    private static let congestion = 1 << 20

    private let socket: CInt
    private let outgoing = Mutex(Outgoing())
    private let flusher: DedicatedThreads

    init(_ socket: CInt) throws(PluginLoadError) {
        self.socket = socket
        flusher = try DedicatedThreads(count: 1, name: "worker-send")
    }

    /// Whether the gateway is slower than what it is told.
    var isCongested: Bool { outgoing.withLock { $0.bytes > Self.congestion } }

    func send(_ message: WorkerMessage) {
        let bytes = message.bytes
        let mustFlush = outgoing.withLock { outgoing in
            let sent = outgoing.chunks.isEmpty ? max(0, write(bytes[...], waits: false)) : 0
            guard sent < bytes.count else { return false }
            outgoing.chunks.append(bytes[sent...])
            outgoing.bytes += bytes.count - sent
            return outgoing.chunks.count == 1
        }
        if mustFlush { flusher.perform { self.flush() } }
    }

    /// Sends what waits; blocks.
    private func flush() {
        while let chunk = outgoing.withLock({ $0.chunks.first }) {
            var rest = chunk
            while !rest.isEmpty {
                let count = write(rest, waits: true)
                guard count > 0 else { _exit(0) }
                rest = rest.dropFirst(count)
            }
            outgoing.withLock { outgoing in
                outgoing.bytes -= chunk.count
                outgoing.chunks.removeFirst()
            }
        }
    }

    /// Waits until all is sent, for the last words.
    func drain() async {
        _ = await flusher.result(within: .seconds(5)) { self.flush() }
    }

    /// - Returns: how many bytes were sent; -1 when none could be.
    private func write(_ bytes: ArraySlice<UInt8>, waits: Bool) -> Int {
        let flags = Int32(MSG_NOSIGNAL) | (waits ? 0 : Int32(MSG_DONTWAIT))
        while true {
            let count = unsafe bytes.withUnsafeBytes { unsafe Glibc.send(socket, $0.baseAddress, $0.count, flags) }
            if count >= 0 || errno != EINTR { return count }
        }
    }

    /// Reads messages until the gateway is gone, and hands each over; blocks.
    func receive(_ limits: FrameLimits, _ handle: (GatewayMessage) -> Void) {
        var assembler = FrameAssembler(fromWorker: false, limits: limits)
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = unsafe read(socket, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return }
            assembler.append(buffer[..<count])
            do throws(FrameError) {
                while let frame = try assembler.frame() { handle(try GatewayMessage(frame)) }
            } catch {
                return
            }
        }
    }
}
