import GatewayConfiguration
import GatewayCore
import MessageSource
import OutboundStream

/// Turns the settings of a message broker into the driver's.
enum MessageAssembly {
    static func settings(_ settings: StompSettings, _ trust: TrustSettings) throws -> MessageSettings {
        let password = try settings.password.map(Secrets.resolve)
        return MessageSettings(
            stream: StreamSettings(
                host: settings.host,
                port: settings.port,
                security: settings.isEncrypted ? security(settings, trust) : nil,
                connectTimeout: settings.connectTimeout
            ),
            virtualHost: settings.virtualHost,
            login: settings.user.map { BrokerLogin(user: $0, password: password ?? "") },
            destinations: settings.destinations.compactMap(DestinationRule.init),
            replyPrefix: settings.replyPrefix,
            heartBeat: settings.heartBeat,
            maximumBytes: settings.maximumBytes,
            bufferedBytes: settings.bufferedBytes
        )
    }

    private static func security(_ settings: StompSettings, _ trust: TrustSettings) -> StreamSettings.Security {
        if let file = settings.authoritiesFile { return StreamSettings.Security(authoritiesFile: file) }
        return StreamSettings.Security(
            authoritiesFile: trust.authoritiesFile,
            authoritiesFolder: trust.authoritiesFolder
        )
    }
}
