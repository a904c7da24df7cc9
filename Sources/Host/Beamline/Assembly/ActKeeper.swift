import AuthorizationServer
import GatewayCore
import GatewayState
import Logging
import MCPServer
import Synchronization

/// Has this gateway heed and note what operators did; every gateway with the same state does.
final class ActKeeper: Sendable {
    /// How often the state is looked at: what was done is in force within a second.
    private static let interval = Duration.milliseconds(400)

    private let store: StateStore
    private let authorization: AuthorizationServer.LastingParts?
    private let hub: SubscriptionHub
    private let audit: any Auditing
    private let logger: Logger
    /// The acts that were noted.
    private let known = Mutex<Set<String>>([])

    init(
        store: StateStore,
        authorization: AuthorizationServer.LastingParts?,
        hub: SubscriptionHub,
        audit: any Auditing,
        logger: Logger
    ) {
        self.store = store
        self.authorization = authorization
        self.hub = hub
        self.audit = audit
        self.logger = logger
    }

    /// Follows the state until the task is cancelled.
    func run() async {
        var isReadable = true
        repeat {
            do {
                await heed(try await store.operatorActs())
                isReadable = true
            } catch {
                if isReadable { logger.error("operators' acts cannot be read", metadata: ["reason": "\(error)"]) }
                isReadable = false
            }
        } while (try? await Task.sleep(for: Self.interval, clock: .suspending)) != nil
    }

    private func heed(_ acts: [OperatorActRecord]) async {
        let new = known.withLock { known in
            defer { known = Set(acts.map(\.id)) }
            return acts.filter { !known.contains($0.id) }
        }
        for act in new {
            if act.name == .keysRotated { await authorization?.keys.reload() }
            authorization?.standings.forgetAll()
            // Streams were begun with what may not hold any more; their clients come again with what does.
            if act.details["revoke_all"] == "true" { hub.endAll() }
            logger.warning(
                "\(act.name.rawValue)",
                metadata: act.details.mapValues { "\($0)" }
            )
            audit.record(AuditedAct(act.name.rawValue, details: act.details.merging(["act": act.id]) { $1 }))
        }
    }
}
