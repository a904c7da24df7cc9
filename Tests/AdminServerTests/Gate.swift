import GatewayCore
import Synchronization

/// Fails until it is opened.
final class Gate: Sendable {
    private let isOpen = Atomic(false)

    var status: HealthItem.Status {
        isOpen.load(ordering: .relaxed) ? .healthy : .failed(reason: "closed")
    }

    func open() {
        isOpen.store(true, ordering: .relaxed)
    }
}
