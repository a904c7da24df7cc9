import GatewayCore
import Synchronization

/// Keeps the calls it is told of.
final class RecordedAudit: Auditing {
    private let recorded = Mutex<[AuditEvent]>([])

    var events: [AuditEvent] { recorded.withLock { $0 } }

    func record(_ event: AuditEvent) {
        recorded.withLock { $0.append(event) }
    }
}
