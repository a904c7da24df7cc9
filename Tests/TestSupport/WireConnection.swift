import Dispatch
import Glibc
import Synchronization

/// A connection that sends whatever bytes it is given; what blocks runs on a thread of its own.
package final class WireConnection: Sendable {
    /// What went wrong between the two ends.
    package enum Failure: Error, Hashable {
        case cannotConnect
        case timedOut
        case endedWithoutAnswer
    }

    /// How long an answer may take: only what hangs takes so long, on a busy machine too.
    private static let patienceMilliseconds: Int32 = 300_000

    private let descriptor: Int32
    /// What `text` has read.
    private let read = Mutex<[UInt8]>([])

    package init(port: Int) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = FreePort.loopback(port: port)
        let descriptor = descriptor
        let isConnected = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                unsafe connect(descriptor, pointer, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        // Loopback answers at once, so only sending and receiving have to be told not to block.
        // Thrown from here, the error still runs `deinit`, which closes the descriptor.
        guard isConnected, fcntl(descriptor, F_SETFL, O_NONBLOCK) == 0 else { throw Failure.cannotConnect }
    }

    /// Connects to a Unix socket.
    package init(socket path: String) throws {
        descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let room = MemoryLayout.size(ofValue: address.sun_path)
        guard path.utf8.count < room else { throw Failure.cannotConnect }
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: path.utf8) }
        let descriptor = descriptor
        let isConnected = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                unsafe connect(descriptor, pointer, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
            }
        }
        guard isConnected, fcntl(descriptor, F_SETFL, O_NONBLOCK) == 0 else { throw Failure.cannotConnect }
    }

    deinit {
        close(descriptor)
    }

    /// Sends bytes and reads one answer; an answer that comes early ends the sending.
    package func exchange(_ bytes: [UInt8]) async throws -> WireAnswer {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async {
                continuation.resume(with: Result { try self.exchangeBlocking(bytes) })
            }
        }
    }

    /// Reads on until everything read so far is as it should be: for an answer that comes bit by bit.
    package func text(until isEnough: @escaping @Sendable (String) -> Bool) async throws -> String {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async {
                continuation.resume(with: Result { try self.textBlocking(until: isEnough) })
            }
        }
    }

    private func textBlocking(until isEnough: (String) -> Bool) throws -> String {
        while true {
            let text = read.withLock { String(decoding: $0, as: UTF8.self) }
            if isEnough(text) { return text }
            var interest = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            guard unsafe poll(&interest, 1, Self.patienceMilliseconds) > 0 else { throw Failure.timedOut }
            guard !read.withLock({ receive(&$0) }) else { throw Failure.endedWithoutAnswer }
        }
    }

    /// Sends bytes that fit into the socket's buffer, and waits for nothing.
    package func send(_ bytes: [UInt8]) {
        var rest = bytes[...]
        send(&rest)
    }

    /// Ends the connection, as a client does that goes away.
    package func hangUp() {
        _ = shutdown(descriptor, Int32(SHUT_RDWR))
    }

    private func exchangeBlocking(_ bytes: [UInt8]) throws -> WireAnswer {
        var unsent = bytes[...]
        var received: [UInt8] = []
        while true {
            var interest = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            if !unsent.isEmpty { interest.events |= Int16(POLLOUT) }
            guard unsafe poll(&interest, 1, Self.patienceMilliseconds) > 0 else { throw Failure.timedOut }
            if interest.revents & Int16(POLLOUT) != 0 { send(&unsent) }
            guard interest.revents & Int16(POLLIN | POLLHUP | POLLERR) != 0 else { continue }
            let isAtEnd = receive(&received)
            if let answer = WireAnswer(received, isAtEnd: isAtEnd) { return answer }
            if isAtEnd { throw Failure.endedWithoutAnswer }
        }
    }

    private func send(_ bytes: inout ArraySlice<UInt8>) {
        let count = unsafe bytes.withUnsafeBytes { buffer in
            unsafe Glibc.send(descriptor, buffer.baseAddress, buffer.count, Int32(MSG_NOSIGNAL))
        }
        switch count {
        case 0...: bytes = bytes.dropFirst(count)
        case _ where errno == EAGAIN: break
        // The other side no longer listens, but its answer may be on the way.
        default: bytes = []
        }
    }

    /// Whether the other side has ended the connection.
    private func receive(_ bytes: inout [UInt8]) -> Bool {
        var chunk = [UInt8](repeating: 0, count: 65_536)
        let count = unsafe chunk.withUnsafeMutableBytes { buffer in
            unsafe recv(descriptor, buffer.baseAddress, buffer.count, 0)
        }
        if count > 0 { bytes += chunk.prefix(count) }
        return count == 0 || (count < 0 && errno != EAGAIN)
    }
}
