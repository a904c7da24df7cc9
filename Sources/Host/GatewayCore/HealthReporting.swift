/// Knows whether something the gateway stands on is fit for work, such as the data sources.
package protocol HealthReporting: Sendable {
    /// One item for each thing watched, from what is already known: answers at once and asks nobody.
    var health: [HealthItem] { get }
}

/// One thing the gateway stands on, and how it is.
package struct HealthItem: Hashable, Sendable {
    /// How it is; reasons are for the operator and hold no credential.
    package enum Status: Hashable, Sendable {
        case healthy
        /// Something of it does not work, but the gateway as a whole is of use.
        case degraded(reason: String)
        /// Without it the gateway should get no requests.
        case failed(reason: String)
    }

    /// Such as `plugin epic` or `source panda`.
    package let name: String
    package let status: Status

    package init(name: String, status: Status) {
        self.name = name
        self.status = status
    }
}
