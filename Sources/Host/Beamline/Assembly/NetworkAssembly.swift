import Authentication
import FoundationEssentials
import GatewayConfiguration
import GatewayCore
import HTTPServer
import Logging
import MCPServer

/// Makes of the configuration who may read without a token, and listens where they come from.
enum NetworkAssembly {
    /// The networks; nil when the site trusts none.
    static func networks(
        of configuration: Configuration,
        _ publicURL: PublicURL,
        _ clock: any WallClock
    ) throws -> TrustedNetworks? {
        let settings = configuration.identity.trustedNetworks
        guard !settings.isEmpty else { return nil }
        return TrustedNetworks(try settings.map { try network($0, configuration, publicURL, clock.now) }, clock: clock)
    }

    private static func network(
        _ settings: TrustedNetworkSettings,
        _ configuration: Configuration,
        _ publicURL: PublicURL,
        _ now: Int64
    ) throws -> TrustedNetworks.Network {
        guard let account = configuration.identity.accounts.first(where: { $0.id == settings.account }) else {
            throw CommandFailure.notInOrder("\(settings.place): there is no service account \(settings.account)")
        }
        return TrustedNetworks.Network(
            name: settings.name,
            addresses: settings.addresses.compactMap(AddressRange.init),
            socket: settings.socket,
            expiresAt: min(
                try IdentityAssembly.end(of: settings.expires, settings.place, at: now),
                try IdentityAssembly.end(of: account.expires, account.place, at: now)
            ),
            account: Principal(
                issuer: publicURL.text,
                subject: account.id,
                roles: Set(account.roles),
                scopes: Set(account.scopes),
                client: account.id
            )
        )
    }

    /// Listens on the sockets of the networks, and tells the operator which networks there are.
    static func listen(
        _ configuration: Configuration,
        handler: any HTTPHandler,
        logger: Logger
    ) async throws -> [Listener] {
        var listeners: [Listener] = []
        for network in configuration.identity.trustedNetworks {
            logger.warning(
                "a network needs no token to read",
                metadata: [
                    "network": "\(network.name)", "account": "\(network.account)", "expires": "\(network.expires)",
                    "from": "\(network.socket ?? network.addresses.joined(separator: ", "))",
                ]
            )
            guard let socket = network.socket else { continue }
            var settings = ListenerConfiguration(configuration)
            settings.socketPath = socket
            settings.threads = 1
            do {
                listeners.append(try await Listener.bind(settings, handler: handler))
                // Until now its owner alone may connect.
                try FileManager.default.setAttributes([.posixPermissions: 0o660], ofItemAtPath: socket)
            } catch {
                for listener in listeners { await listener.shutdown() }
                throw CommandFailure.unreachable("\(network.place).socket: the gateway cannot listen there: \(error)")
            }
        }
        return listeners
    }

    /// Ends what `listen` began.
    static func stop(_ listeners: [Listener], _ configuration: Configuration) async {
        for listener in listeners { await listener.shutdown() }
        for socket in configuration.identity.trustedNetworks.compactMap(\.socket) {
            try? FileManager.default.removeItem(atPath: socket)
        }
    }
}
