import GatewayCore
import JSON

/// What is wrong with places from which nobody needs a token.
enum TrustedNetworkCheck {
    /// The longest path of a Unix socket that can be bound everywhere, in bytes.
    private static let longestSocket = 103

    static func faults(of configuration: Configuration) -> [ConfigurationFault] {
        let isForOneMachine = PublicHost.isLoopback(PublicHost.host(of: configuration.server.publicURL))
        let accounts = configuration.identity.accounts.map(\.id)
        return configuration.identity.trustedNetworks.flatMap { network -> [ConfigurationFault] in
            var faults: [ConfigurationFault] = []
            func fault(_ key: String, _ message: String) {
                faults.append(ConfigurationFault(network.place.appending(key), message))
            }
            if network.addresses.isEmpty == (network.socket == nil) {
                faults.append(ConfigurationFault(network.place, "give `addresses`, or `socket`: one of the two"))
            }
            for text in network.addresses {
                guard let range = AddressRange(text) else {
                    fault("addresses", "`\(text)` is no range such as 10.1.0.0/16, or has bits beyond its prefix")
                    continue
                }
                if range.isEverything { fault("addresses", "`\(text)` is every address, so nobody would need a token") }
                if range.touchesLoopback, !range.isEverything, !isForOneMachine {
                    fault("addresses", "`\(text)` is this machine, from which a proxy passes on everybody's requests")
                }
            }
            if let socket = network.socket, socket.utf8.count > longestSocket {
                fault("socket", "the path has more than \(longestSocket) bytes")
            }
            if !network.account.isEmpty, !accounts.contains(network.account) {
                let nearest = NearestName.nearest(to: network.account, among: accounts)
                fault(
                    "account",
                    "`\(network.account)` is no name under `service_accounts`"
                        + (nearest.map { "; did you mean `\($0)`?" } ?? "")
                )
            }
            if !network.expires.isEmpty, CalendarDay.end(of: network.expires) == nil {
                fault("expires", "must be a day such as 2027-06-30")
            }
            return faults
        }
    }
}
