import Glibc
import Synchronization

/// A small HTTP/1.1 server on a loopback port, with a thread of its own for each connection.
///
/// Each request's target and method choose the answer; see `Reply`.
final class LoopbackServer: Sendable {
    /// One request as it arrived.
    struct Received: Sendable {
        let method: String
        let target: String
        let headers: [(name: String, value: String)]
        let body: String
        /// Which of the server's connections it came over, from 1.
        let connection: Int

        func header(_ name: String) -> String? {
            headers.first { $0.name.lowercased() == name }?.value
        }
    }

    /// What the server does about a request.
    enum Reply: Sendable {
        /// Sends these bytes as they are and keeps the connection open.
        case raw(String)
        /// Sends these bytes as they are and closes the connection.
        case last(String)
        /// Sends a body with its length.
        case body(String)
        /// Sends nothing and waits until the client closes.
        case hang
    }

    private struct State {
        var connections = 0
        var received: [Received] = []
        var waitingForClose: [CheckedContinuation<Void, Never>] = []
        var closedConnections = 0
    }

    private final class Worker: Sendable {
        let run: @Sendable () -> Void

        init(_ run: @escaping @Sendable () -> Void) {
            self.run = run
        }
    }

    let port: UInt16
    private let listener: Int32
    private let answer: @Sendable (Received) -> Reply
    private let state = Mutex(State())

    init(answer: @escaping @Sendable (Received) -> Reply) throws {
        self.answer = answer
        (listener, port) = try Loopback.listen(backlog: 512)
    }

    /// Starts to accept; the server lives until `stop`.
    func start() {
        Self.spawn { self.acceptAll() }
    }

    func stop() {
        shutdown(listener, Int32(SHUT_RDWR))
    }

    var url: String { "http://127.0.0.1:\(port)" }
    var received: [Received] { state.withLock { $0.received } }
    var connections: Int { state.withLock { $0.connections } }

    /// Returns once a client closed a connection.
    func waitForClose() async {
        await withCheckedContinuation { continuation in
            let isOver = state.withLock { state in
                if state.closedConnections == 0 { state.waitingForClose.append(continuation) }
                return state.closedConnections > 0
            }
            if isOver { continuation.resume() }
        }
    }

    private static func spawn(_ run: @escaping @Sendable () -> Void) {
        let context = unsafe Unmanaged.passRetained(Worker(run)).toOpaque()
        var thread = pthread_t()
        let main: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { context in
            guard let context = unsafe context else { return nil }
            unsafe Unmanaged<Worker>.fromOpaque(context).takeRetainedValue().run()
            return nil
        }
        if unsafe pthread_create(&thread, nil, main, context) == 0 { pthread_detach(thread) }
    }

    private func acceptAll() {
        while true {
            let connection = accept(listener, nil, nil)
            guard connection >= 0 else { break }
            let number = state.withLock { state in
                state.connections += 1
                return state.connections
            }
            Self.spawn { self.serve(connection, number: number) }
        }
        close(listener)
    }

    private func serve(_ connection: Int32, number: Int) {
        var buffer: [UInt8] = []
        while let request = Self.readRequest(connection, buffer: &buffer, number: number) {
            state.withLock { $0.received.append(request) }
            switch answer(request) {
            case .raw(let text): Loopback.send(text, to: connection)
            case .last(let text):
                Loopback.send(text, to: connection)
                shutdown(connection, Int32(SHUT_RDWR))
            case .body(let text):
                let length = text.utf8.count
                let body = request.method == "HEAD" ? "" : text
                Loopback.send("HTTP/1.1 200 OK\r\nContent-Length: \(length)\r\n\r\n\(body)", to: connection)
            case .hang:
                while Loopback.receive(from: connection) != nil {}
            }
        }
        close(connection)
        let waiting = state.withLock { state in
            state.closedConnections += 1
            defer { state.waitingForClose = [] }
            return state.waitingForClose
        }
        for continuation in waiting { continuation.resume() }
    }

    private static func readRequest(_ connection: Int32, buffer: inout [UInt8], number: Int) -> Received? {
        var headEnd = end(of: buffer)
        while headEnd == nil {
            guard let more = Loopback.receive(from: connection) else { return nil }
            buffer += more
            headEnd = end(of: buffer)
        }
        guard let headEnd else { return nil }
        let lines = String(decoding: buffer[..<headEnd], as: UTF8.self).split(separator: "\r\n")
        let words = lines.first?.split(separator: " ").map(String.init) ?? []
        guard words.count == 3 else { return nil }
        let headers = lines.dropFirst().map { line in
            let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            return (name: String(parts[0]), value: String(parts.last?.drop { $0 == " " } ?? ""))
        }
        let length = headers.first { $0.name.lowercased() == "content-length" }.flatMap { Int($0.value) } ?? 0
        while buffer.count < headEnd + length {
            guard let more = Loopback.receive(from: connection) else { return nil }
            buffer += more
        }
        let body = String(decoding: buffer[headEnd..<(headEnd + length)], as: UTF8.self)
        buffer.removeFirst(headEnd + length)
        return Received(method: words[0], target: words[1], headers: headers, body: body, connection: number)
    }

    /// Where the empty line ends that ends the header.
    private static func end(of buffer: [UInt8]) -> Int? {
        buffer.indices.first { buffer[$0...].starts(with: "\r\n\r\n".utf8) }.map { $0 + 4 }
    }
}
