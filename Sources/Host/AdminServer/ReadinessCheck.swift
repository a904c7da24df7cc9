package import GatewayCore

/// One thing to watch, told by a closure.
package struct ReadinessCheck: HealthReporting {
    private let name: String
    private let status: @Sendable () -> HealthItem.Status

    /// `status` answers at once.
    package init(_ name: String, status: @escaping @Sendable () -> HealthItem.Status) {
        self.name = name
        self.status = status
    }

    package var health: [HealthItem] { [HealthItem(name: name, status: status())] }
}
