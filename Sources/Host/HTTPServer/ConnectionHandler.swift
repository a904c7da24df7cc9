import NIOCore
import NIOHTTP1

/// The server's side of one connection: one request at a time, answers in order.
///
/// Belongs to its event loop. The task it starts per request, and another per stream, is the boundary between NIO and
/// structured concurrency: it runs on the global executor and comes back through `ExchangeLink`.
final class ConnectionHandler: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// What the connection waits for, which decides what happens when `deadline` comes.
    enum Waiting {
        case request, head, body, reader, peerClose
        /// For the handler, which has its own deadline.
        case handler
    }

    let handler: any HTTPHandler
    let registry: ConnectionRegistry
    let member: ConnectionRegistry.Member
    let timeouts: ConnectionTimeouts
    let turnstile: Turnstile
    /// What to answer at once instead of reading anything.
    private let refusal: Refusal?
    private let maximumPipelinedRequests: Int

    var context: ChannelHandlerContext?
    private var assembler: RequestAssembler
    /// Few, and seldom any.
    private var queue: [RequestAssembler.Event] = []

    /// The request being answered.
    var current: Exchange?
    /// Counts the requests, so that a writer kept after its answer cannot reach a later one.
    var number: UInt64 = 0
    var running: Task<Void, Never>?
    var stream: ResponseEncoder?
    /// Counts the pieces of streamed answers.
    var writes: UInt64 = 0
    /// Who wrote a piece that the system has not taken yet.
    var suspendedWriters: [UInt64: CheckedContinuation<HTTPWriteError?, Never>] = [:]

    /// The last answer is written.
    var isClosing = false
    var isInactive = false
    private var hasLeft = false

    private var startedInThisRead = false
    private var holdsReads = false
    private var readIsHeld = false

    private(set) var waiting = Waiting.request
    private var deadline = NIODeadline.distantFuture
    private var timer: NIOScheduledCallback?

    init(
        configuration: ListenerConfiguration,
        timeouts: ConnectionTimeouts,
        turnstile: Turnstile,
        handler: any HTTPHandler,
        registry: ConnectionRegistry,
        member: ConnectionRegistry.Member,
        remoteAddress: String?,
        refusal: Refusal? = nil
    ) {
        self.handler = handler
        self.registry = registry
        self.member = member
        self.timeouts = timeouts
        self.turnstile = turnstile
        self.refusal = refusal
        maximumPipelinedRequests = configuration.maximumPipelinedRequests
        assembler = RequestAssembler(
            maximumBodyBytes: configuration.maximumBodyBytes,
            remoteAddress: remoteAddress,
            socketPath: configuration.socketPath
        )
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
        // A connection that broke before it was established never becomes inactive.
        isInactive = true
        leaveIfDone()
    }

    // MARK: - Inbound

    func channelActive(context: ChannelHandlerContext) {
        wait(for: .request)
        schedule(at: deadline)
        if let refusal { refuse(refusal, Exchange()) }
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isClosing, let event = assembler.take(Self.unwrapInboundIn(data)) else { return }
        let wasFree = current == nil
        receive(event)
        if wasFree, current != nil { startedInThisRead = true }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        if current != nil {
            // What comes after the request that is being answered must wait, but a client that sends nothing
            // ahead is not worth two system calls per request.
            if !startedInThisRead { holdsReads = true }
        } else if !isClosing, queue.isEmpty, context.channel.isWritable {
            let next = assembler.isReceivingBody ? Waiting.body : .head
            if waiting != next { wait(for: next) }
        }
        startedInThisRead = false
        context.fireChannelReadComplete()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard !isClosing, !isInactive else { return }
        switch error {
        case HTTPParserError.headerOverflow: receiveRefusal(.headersTooLarge)
        case is HTTPParserError: receiveRefusal(.malformed)
        // Bytes after an error that is already going to be answered.
        case ByteToMessageDecoderError.dataReceivedInErrorState: break
        default: context.close(promise: nil)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        isInactive = true
        timer?.cancel()
        timer = nil
        queue.removeAll()
        running?.cancel()
        resumeWriters(with: .disconnected)
        leaveIfDone()
        context.fireChannelInactive()
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable {
            if stream == nil { advance() }
        }
        context.fireChannelWritabilityChanged()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case ConnectionEvent.drain:
            closeIfIdle(context)
        case ConnectionEvent.abort:
            running?.cancel()
            context.close(promise: nil)
        case ChannelEvent.outputClosed:
            wait(for: .peerClose)
            schedule(at: deadline)
        default:
            break
        }
        context.fireUserInboundEventTriggered(event)
    }

    // MARK: - Reading

    func read(context: ChannelHandlerContext) {
        if holdsReads {
            readIsHeld = true
        } else {
            context.read()
        }
    }

    private func releaseReads() {
        holdsReads = false
        guard readIsHeld else { return }
        readIsHeld = false
        context?.read()
    }

    private func receiveRefusal(_ refusal: Refusal) {
        guard let event = assembler.refuse(refusal) else { return }
        receive(event)
    }

    private func receive(_ event: RequestAssembler.Event) {
        if current == nil, queue.isEmpty, context?.channel.isWritable == true {
            perform(event)
            return
        }
        holdsReads = true
        if queue.count < maximumPipelinedRequests {
            queue.append(event)
        } else if case .refusal = event {
            queue.append(event)
        } else if let refusal = assembler.refuse(.tooManyPipelined) {
            queue.append(refusal)
        }
    }

    // MARK: - Taking requests

    /// Goes on after an answer: with the next request if one waits, else with reading.
    func advance() {
        while current == nil, !isClosing, context?.channel.isWritable == true, !queue.isEmpty {
            perform(queue.removeFirst())
        }
        guard current == nil, !isClosing else { return }
        guard context?.channel.isWritable == true else {
            wait(for: .reader)
            return
        }
        releaseReads()
        wait(for: assembler.isReceivingBody ? .body : .request)
    }

    private func perform(_ event: RequestAssembler.Event) {
        switch event {
        case .awaitsContinue:
            guard let context else { return }
            let buffer = context.channel.allocator.buffer(staticString: "HTTP/1.1 100 Continue\r\n\r\n")
            context.writeAndFlush(Self.wrapOutboundOut(buffer), promise: nil)
        case .request(let request, let exchange):
            start(request, exchange)
        case .refusal(let refusal, let exchange):
            refuse(refusal, exchange)
        }
    }

    private func start(_ request: HTTPRequest, _ exchange: Exchange) {
        guard let eventLoop = context?.eventLoop else { return }
        number &+= 1
        current = exchange
        wait(for: .handler)
        let link = ExchangeLink(connection: NIOLoopBound(self, eventLoop: eventLoop), number: number)
        running = Task { [handler] in
            await link.run(request, exchange: exchange, handler: handler)
        }
    }

    private func refuse(_ refusal: Refusal, _ exchange: Exchange) {
        guard let context else { return }
        let encoder = ResponseEncoder(exchange: exchange, closes: true)
        let buffer = encoder.complete(refusal.response, allocator: context.channel.allocator)
        context.writeAndFlush(Self.wrapOutboundOut(buffer), promise: nil)
        closeOutput()
    }

    /// Closes our side, and reads on for a while: closing with unread input would reset the connection, and the reset
    /// could overtake the answer.
    func closeOutput() {
        isClosing = true
        queue.removeAll()
        wait(for: .reader)
        releaseReads()
        context?.close(mode: .output, promise: nil)
    }

    private func closeIfIdle(_ context: ChannelHandlerContext) {
        guard current == nil, queue.isEmpty, !isClosing, !assembler.isReceivingBody else { return }
        if (try? context.channel.syncOptions?.getOption(.bufferedWritableBytes)) == 0 {
            context.close(promise: nil)
        } else {
            closeOutput()
        }
    }

    /// Leaves the registry once the channel is closed and no task is left, so that a shutdown can wait for both.
    func leaveIfDone() {
        guard isInactive, running == nil, !hasLeft else { return }
        hasLeft = true
        registry.leave(member)
    }
}

// MARK: - Time

extension ConnectionHandler: NIOScheduledCallbackHandler {
    /// Sets the deadline of the new state.
    ///
    /// The timer is left alone: it fires at least once in the shortest of the times, so that it never misses the deadline.
    func wait(for waiting: Waiting) {
        self.waiting = waiting
        deadline =
            switch waiting {
            case .handler: .distantFuture
            case .request, .reader: .now() + timeouts.idle
            case .head: .now() + timeouts.header
            case .body: .now() + timeouts.body
            case .peerClose: .now() + timeouts.linger
            }
    }

    func handleScheduledCallback(eventLoop: some EventLoop) {
        timer = nil
        let now = NIODeadline.now()
        if now >= deadline {
            switch waiting {
            case .request, .reader, .peerClose: context?.close(promise: nil)
            case .head, .body:
                receiveRefusal(.timeout)
                if !isClosing { context?.close(promise: nil) }
            case .handler: break
            }
        }
        guard !isInactive, timer == nil else { return }
        schedule(at: deadline)
    }

    private func schedule(at deadline: NIODeadline) {
        timer?.cancel()
        let latest = NIODeadline.now() + timeouts.shortest
        timer = try? context?.eventLoop.assumeIsolated().scheduleCallback(at: min(deadline, latest), handler: self)
    }
}
