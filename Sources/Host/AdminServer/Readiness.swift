package import GatewayCore
import Synchronization

/// Whether the gateway should get requests, from what its parts report about themselves.
package final class Readiness: Sendable {
    private let reporters: [any HealthReporting]
    private let isStopping = Atomic(false)

    package init(_ reporters: [any HealthReporting]) {
        self.reporters = reporters
    }

    /// From now on the gateway is not ready: those who send requests have the time of the shutdown to notice.
    package func beginShutdown() {
        isStopping.store(true, ordering: .releasing)
    }

    /// How everything is now.
    package var report: ReadinessReport {
        var checks = reporters.flatMap(\.health)
        if isStopping.load(ordering: .acquiring) {
            checks.append(HealthItem(name: "gateway", status: .failed(reason: "shutting down")))
        }
        return ReadinessReport(checks: checks)
    }
}
