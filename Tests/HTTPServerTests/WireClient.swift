import NIOCore
import NIOPosix
import Testing

/// A client that sends exactly the bytes it is told, and reads answers from the wire.
struct WireClient {
    private let channel: any Channel
    private var received: AsyncStream<[UInt8]>.Iterator
    private var buffer: [UInt8] = []
    private var isAtEnd = false

    static func connect(to port: Int, reads: Bool = true) async throws -> WireClient {
        let (stream, continuation) = AsyncStream<[UInt8]>.makeStream()
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelOption(.autoRead, value: reads)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Receiver(continuation))
                }
            }
            .connect(host: "127.0.0.1", port: port)
            .get()
        return WireClient(channel: channel, received: stream.makeAsyncIterator())
    }

    private init(channel: any Channel, received: AsyncStream<[UInt8]>.Iterator) {
        self.channel = channel
        self.received = received
    }

    func send(_ text: String) async throws {
        try await channel.writeAndFlush(ByteBuffer(string: text))
    }

    /// Sends without waiting for the system to take all of it, since the server may refuse to read it.
    func post(_ text: String) {
        channel.writeAndFlush(ByteBuffer(string: text), promise: nil)
    }

    func startReading() async throws {
        try await channel.setOption(.autoRead, value: true).get()
    }

    func close() async throws {
        try await channel.close()
    }

    func whenClosed(_ act: @escaping @Sendable () -> Void) {
        channel.closeFuture.whenComplete { _ in act() }
    }

    /// Everything up to the end of the connection.
    mutating func readToEnd() async -> String {
        while await readMore() {}
        defer { buffer = [] }
        return String(decoding: buffer, as: UTF8.self)
    }

    /// The next answer; `hasContent` is false for the answer to `HEAD`.
    mutating func answer(hasContent: Bool = true) async throws -> WireAnswer {
        let head = try await take(through: "\r\n\r\n")
        var lines = head.split(separator: "\r\n").map(String.init)
        let status = try #require(Int(lines.removeFirst().split(separator: " ")[1]))
        var answer = WireAnswer(status: status, fields: lines, content: "")
        guard hasContent else { return answer }
        if answer.field("Transfer-Encoding") == "chunked" {
            while true {
                let size = try #require(Int(try await take(through: "\r\n").dropLast(), radix: 16))
                let chunk = try await take(size + 2).dropLast()
                if size == 0 { return answer }
                answer.chunks.append(String(chunk))
                answer.content += chunk
            }
        }
        if let length = answer.field("Content-Length").flatMap({ Int($0) }) {
            answer.content = try await take(length)
        }
        return answer
    }

    /// The next bytes, as text.
    mutating func text(_ count: Int) async throws -> String {
        try await take(count)
    }

    private mutating func take(_ count: Int) async throws -> String {
        while buffer.count < count { guard await readMore() else { throw EndOfConnection() } }
        defer { buffer.removeFirst(count) }
        return String(decoding: buffer[..<count], as: UTF8.self)
    }

    private mutating func take(through mark: String) async throws -> String {
        let mark = Array(mark.utf8)
        while true {
            if let range = buffer.firstRange(of: mark) { return try await take(range.upperBound) }
            guard await readMore() else { throw EndOfConnection() }
        }
    }

    private mutating func readMore() async -> Bool {
        guard !isAtEnd, let bytes = await received.next(isolation: #isolation) else {
            isAtEnd = true
            return false
        }
        buffer += bytes
        return true
    }
}

/// The connection ended within an answer.
struct EndOfConnection: Error {}

/// An answer as it came over the wire.
struct WireAnswer: Hashable {
    let status: Int
    /// The field lines as sent.
    let fields: [String]
    var content: String
    var chunks: [String] = []

    func field(_ name: String) -> String? {
        let start = name.lowercased() + ": "
        return fields.first { $0.lowercased().hasPrefix(start) }.map { String($0.dropFirst(start.count)) }
    }
}

private final class Receiver: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let continuation: AsyncStream<[UInt8]>.Continuation

    init(_ continuation: AsyncStream<[UInt8]>.Continuation) {
        self.continuation = continuation
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        continuation.yield(Array(buffer: Self.unwrapInboundIn(data)))
    }

    func channelInactive(context: ChannelHandlerContext) {
        continuation.finish()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }
}
