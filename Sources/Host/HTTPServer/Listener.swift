import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// An HTTP/1.1 server on one port, or on a Unix socket.
///
/// Accepts from `bind` on. Requests of one connection are answered one at a time and in order; what does not follow
/// RFC 9112 strictly is refused and its connection closed.
package final class Listener: Sendable {
    /// The address bound.
    package let host: String
    /// The port bound, the system's choice if the configuration said 0.
    package let port: Int

    private let configuration: ListenerConfiguration
    private let group: MultiThreadedEventLoopGroup
    private let channel: any Channel
    private let registry: ConnectionRegistry

    /// How many streams write at a time on one event loop: enough to keep it busy, few enough to pass by.
    private static let streamsWriting = 16

    private let hasBegunShutdown = Atomic(false)
    private let mustStop = Latch()
    private let hasStopped = Latch()

    private init(
        configuration: ListenerConfiguration,
        group: MultiThreadedEventLoopGroup,
        channel: any Channel,
        registry: ConnectionRegistry
    ) {
        self.configuration = configuration
        self.group = group
        self.channel = channel
        self.registry = registry
        host = channel.localAddress?.ipAddress ?? configuration.host
        port = channel.localAddress?.port ?? configuration.port
    }

    /// Binds the address and begins to accept.
    /// - Throws: `ListenerError.cannotBind`.
    package static func bind(
        _ configuration: ListenerConfiguration,
        handler: any HTTPHandler
    ) async throws(ListenerError) -> Listener {
        let threads = max(1, configuration.threads ?? System.coreCount)
        let group = MultiThreadedEventLoopGroup(numberOfThreads: threads)
        let turnstile = Turnstile(places: threads * streamsWriting)
        let registry = ConnectionRegistry(
            maximumConnections: configuration.maximumConnections,
            maximumRefusedConnections: configuration.maximumRefusedConnections
        )
        let timeouts = ConnectionTimeouts(configuration)
        do {
            let bootstrap = ServerBootstrap(group: group)
                .serverChannelOption(.backlog, value: Int32(clamping: configuration.backlog))
                // What one read brings is all that can wait behind a running request.
                .childChannelOption(.maxMessagesPerRead, value: 1)
                .childChannelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try prepare(channel, configuration, timeouts, turnstile, handler, registry)
                    }
                }
            let channel = try await bind(bootstrap, configuration)
            let listener = Listener(configuration: configuration, group: group, channel: channel, registry: registry)
            channel.closeFuture.whenComplete { [mustStop = listener.mustStop] _ in mustStop.open() }
            return listener
        } catch {
            try? await group.shutdownGracefully()
            throw .cannotBind(
                host: configuration.socketPath ?? configuration.host,
                port: configuration.socketPath == nil ? configuration.port : 0,
                reason: String(describing: error)
            )
        }
    }

    private static func bind(
        _ bootstrap: ServerBootstrap,
        _ configuration: ListenerConfiguration
    ) async throws -> any Channel {
        guard let path = configuration.socketPath else {
            return
                try await bootstrap
                .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
                .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
                .bind(host: configuration.host, port: configuration.port)
                .get()
        }
        return try await bootstrap.bind(unixDomainSocketPath: path, cleanupExistingSocketFile: true).get()
    }

    /// How many connections are open and served.
    package var openConnections: Int { registry.servedCount }

    /// Returns after a shutdown; cancelling the task begins one.
    /// - Throws: `ListenerError.stoppedAccepting` when the listening socket broke.
    package func run() async throws(ListenerError) {
        await withTaskCancellationHandler {
            await mustStop.wait()
        } onCancel: {
            mustStop.open()
        }
        let isExpected = Task.isCancelled || hasBegunShutdown.load(ordering: .acquiring)
        await shutdown()
        if !isExpected { throw .stoppedAccepting }
    }

    /// Stops accepting, closes idle connections, and gives running requests `drainTimeout` to end.
    ///
    /// Then cancels them and closes their connections. A request that ignores its cancellation is left behind after
    /// another `drainTimeout`. Calling it again waits for the same shutdown.
    package func shutdown() async {
        guard
            hasBegunShutdown.compareExchange(expected: false, desired: true, ordering: .acquiringAndReleasing).exchanged
        else {
            await hasStopped.wait()
            return
        }
        mustStop.open()
        try? await channel.close()
        registry.drain()
        let drainTimeout = TimeAmount(configuration.drainTimeout)
        let eventLoop = group.next()
        let abort = eventLoop.scheduleTask(in: drainTimeout) { [registry] in registry.abort() }
        let giveUp = eventLoop.scheduleTask(in: drainTimeout + drainTimeout) { [registry] in registry.emptied.open() }
        await registry.emptied.wait()
        abort.cancel()
        giveUp.cancel()
        // A task that is still running comes back to its event loop, which must then exist.
        if registry.isEmpty { try? await group.shutdownGracefully() }
        hasStopped.open()
    }

    private static func prepare(
        _ channel: any Channel,
        _ configuration: ListenerConfiguration,
        _ timeouts: ConnectionTimeouts,
        _ turnstile: Turnstile,
        _ handler: any HTTPHandler,
        _ registry: ConnectionRegistry
    ) throws {
        let admission = registry.admit(channel)
        guard admission != .drop else {
            channel.close(promise: nil)
            return
        }
        let connection = ConnectionHandler(
            configuration: configuration,
            timeouts: timeouts,
            turnstile: turnstile,
            handler: handler,
            registry: registry,
            member: ConnectionRegistry.Member(channel),
            remoteAddress: channel.remoteAddress?.ipAddress,
            refusal: admission == .refuse ? .overloaded : nil
        )
        do {
            if admission == .serve {
                let decoder = HTTPRequestDecoder(limitConfiguration: configuration.decoderLimits)
                try channel.pipeline.syncOperations.addHandler(ByteToMessageHandler(decoder))
            }
            try channel.pipeline.syncOperations.addHandler(connection)
        } catch {
            registry.leave(connection.member)
            throw error
        }
    }
}

extension ListenerConfiguration {
    fileprivate var decoderLimits: NIOHTTPDecoderLimitConfiguration {
        var limits = NIOHTTPDecoderLimitConfiguration()
        limits.maxHeaderFieldSize = maximumHeaderBytes
        limits.maxHeaderListSize = maximumHeaderBytes
        limits.maxHeaderFieldCount = maximumHeaderFields
        return limits
    }
}
