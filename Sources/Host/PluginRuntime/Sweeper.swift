import GatewayCore
import Synchronization

/// Ends the calls of one instance that have run out of time, and reports those the plugin never completed.
final class Sweeper: Sendable {
    private let registry: CallRegistry
    private let gate: ConcurrencyGate
    private let observer: any PluginObserver
    /// Set once the plugin's side exists; before, there is no call.
    let instance = Mutex(WeakInstance(nil))

    init(registry: CallRegistry, gate: ConcurrencyGate, observer: any PluginObserver) {
        self.registry = registry
        self.gate = gate
        self.observer = observer
    }

    /// Ends what is due.
    /// - Returns: when to look again.
    func sweep(at now: Int64) -> Int64 {
        let expired = registry.expire(at: now)
        if !expired.toCancel.isEmpty, let instance = instance.withLock({ $0.value }) {
            for number in expired.toCancel { instance.tellCancelled(number, .timeout) }
        }
        for (position, item) in expired.lost.enumerated() {
            observer.misbehaved(
                .ignoredCancel(item: item, lost: registry.lostCalls - expired.lost.count + position + 1)
            )
        }
        return min(expired.next, gate.expire(at: now))
    }
}

/// A reference that does not keep the instance alive.
struct WeakInstance: Sendable {
    weak let value: PluginInstance?

    init(_ value: PluginInstance?) {
        self.value = value
    }
}
