package import GatewayCore

/// Places from which a named service account calls without a token: for clients of an older server, until they have one.
package struct TrustedNetworks: NetworkTrusting {
    /// One of them.
    package struct Network: Sendable {
        /// The site's name for it, for the audit.
        package let name: String
        package let addresses: [AddressRange]
        /// The path of a socket of the gateway's own.
        package let socket: String?
        /// Seconds since 1970; never after the account's own.
        package let expiresAt: Int64
        package let account: Principal

        package init(
            name: String,
            addresses: [AddressRange],
            socket: String?,
            expiresAt: Int64,
            account: Principal
        ) {
            self.name = name
            self.addresses = addresses
            self.socket = socket
            self.expiresAt = expiresAt
            self.account = account
        }
    }

    private let networks: [Network]
    private let clock: any WallClock

    package init(_ networks: [Network], clock: any WallClock) {
        self.networks = networks
        self.clock = clock
    }

    package func caller(from place: PeerPlace) -> (principal: Principal, expiresAt: Int64)? {
        guard !networks.isEmpty else { return nil }
        let now = clock.now
        let network = networks.first { network in
            guard now < network.expiresAt else { return false }
            switch place {
            case .socket(let path): return network.socket == path
            case .address(let text):
                guard let address = IPAddress(text) else { return false }
                return network.addresses.contains { $0.contains(address) }
            }
        }
        return network.map { ($0.account.onlyReading(from: $0.name), $0.expiresAt) }
    }
}
