import Glibc
import Synchronization

/// What waits to be sent to a worker: written at once by who has something to say, queued only when the socket is full.
final class WorkerOutbox: Sendable {
    private struct State {
        var chunks: [ArraySlice<UInt8>] = []
        var first = 0
        var bytes = 0
        var isClosed = false

        var isEmpty: Bool { first == chunks.count }
    }

    /// What became of bytes to be sent.
    enum Outcome: Hashable, Sendable {
        case sent
        /// They wait; tell when there is room.
        case queued(isFirst: Bool)
        /// The worker reads nothing any more.
        case overflown
        case closed
    }

    private let descriptor: CInt
    private let state = Mutex(State())

    /// With so many bytes waiting, calls are refused as busy, in bytes.
    static let fullBytes = 32 << 20
    /// With so many, the worker is given up: the gateway itself never lets that much in.
    static let mostBytes = 128 << 20
    static let mostChunks = 100_000

    init(_ descriptor: CInt) {
        self.descriptor = descriptor
    }

    /// Whether further calls should wait.
    var isFull: Bool { state.withLock { $0.bytes > Self.fullBytes } }

    func send(_ bytes: [UInt8]) -> Outcome {
        state.withLock { state in
            guard !state.isClosed else { return .closed }
            let sent = state.isEmpty ? max(0, write(bytes[...])) : 0
            guard sent < bytes.count else { return .sent }
            guard state.bytes < Self.mostBytes, state.chunks.count - state.first < Self.mostChunks else {
                return .overflown
            }
            let isFirst = state.isEmpty
            if state.first > 1024 {
                state.chunks.removeFirst(state.first)
                state.first = 0
            }
            state.chunks.append(bytes[sent...])
            state.bytes += bytes.count - sent
            return .queued(isFirst: isFirst)
        }
    }

    /// Sends of what waits as much as there is room for.
    /// - Returns: whether nothing waits any more.
    func flush() -> Bool {
        state.withLock { state in
            while !state.isEmpty, !state.isClosed {
                let chunk = state.chunks[state.first]
                let sent = write(chunk)
                // A socket that is broken says so to the reader.
                guard sent > 0 else { return false }
                state.bytes -= sent
                guard sent == chunk.count else {
                    state.chunks[state.first] = chunk.dropFirst(sent)
                    return false
                }
                state.chunks[state.first] = []
                state.first += 1
            }
            state.chunks.removeAll(keepingCapacity: state.chunks.count < 64)
            state.first = 0
            return true
        }
    }

    /// Takes nothing any more.
    func close() {
        state.withLock { state in
            state.isClosed = true
            state.chunks = []
            state.first = 0
            state.bytes = 0
        }
    }

    private func write(_ bytes: ArraySlice<UInt8>) -> Int {
        while true {
            let count = unsafe bytes.withUnsafeBytes {
                unsafe Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_DONTWAIT) | Int32(MSG_NOSIGNAL))
            }
            if count >= 0 || errno != EINTR { return count }
        }
    }
}
