import NIOCore
import Synchronization

/// Which connections are open; touched when one opens or closes, never per request.
final class ConnectionRegistry: Sendable {
    /// A registered connection.
    ///
    /// Valid until it leaves, because the registry keeps its channel alive.
    typealias Member = ObjectIdentifier

    enum Admission: Hashable {
        case serve
        /// Answer that there are too many connections.
        case refuse
        /// Close without an answer.
        case drop
    }

    private struct State {
        var served: [Member: any Channel] = [:]
        var refused: [Member: any Channel] = [:]
        var isDraining = false
    }

    private let maximumConnections: Int
    private let maximumRefusedConnections: Int
    private let state = Mutex(State())
    /// Opens when a shutdown has begun and no connection is left.
    let emptied = Latch()
    private let drains = Atomic(false)

    init(maximumConnections: Int, maximumRefusedConnections: Int) {
        self.maximumConnections = maximumConnections
        self.maximumRefusedConnections = maximumRefusedConnections
    }

    /// Decides about a new connection, and registers it unless it is dropped.
    func admit(_ channel: any Channel) -> Admission {
        state.withLock { state in
            guard !state.isDraining else { return .drop }
            if state.served.count < maximumConnections {
                state.served[Member(channel)] = channel
                return .serve
            }
            if state.refused.count < maximumRefusedConnections {
                state.refused[Member(channel)] = channel
                return .refuse
            }
            return .drop
        }
    }

    func leave(_ member: Member) {
        let isEmptied = state.withLock { state in
            state.served[member] = nil
            state.refused[member] = nil
            return state.isDraining && state.served.isEmpty && state.refused.isEmpty
        }
        if isEmptied { emptied.open() }
    }

    /// Whether a shutdown has begun, also before a connection is told.
    var isDraining: Bool { drains.load(ordering: .relaxed) }

    /// Admits nobody any more and tells everyone so.
    func drain() {
        drains.store(true, ordering: .relaxed)
        let members = state.withLock { state in
            state.isDraining = true
            return Array(state.served.values) + state.refused.values
        }
        if members.isEmpty { emptied.open() }
        for channel in members { channel.pipeline.fireUserInboundEventTriggered(ConnectionEvent.drain) }
    }

    /// Tells everyone who is left to go at once.
    func abort() {
        let members = state.withLock { Array($0.served.values) + $0.refused.values }
        for channel in members { channel.pipeline.fireUserInboundEventTriggered(ConnectionEvent.abort) }
    }

    /// How many connections are served.
    var servedCount: Int { state.withLock { $0.served.count } }

    var isEmpty: Bool {
        state.withLock { $0.served.isEmpty && $0.refused.isEmpty }
    }
}
