import GatewayConfiguration
import PostgresClient
import PostgresSource

/// Turns the settings of a PostgreSQL server into the driver's.
enum PostgresAssembly {
    static func settings(_ settings: PostgreSQLSettings, _ limits: LimitSettings) throws -> PostgresSettings {
        PostgresSettings(
            server: try parameters(settings),
            maximumConnections: settings.connections,
            waiting: settings.waiting,
            maximumRows: limits.queryRows,
            maximumBytes: limits.queryBytes,
            isWritable: settings.isWritable
        )
    }

    /// Where a server is, with its password read.
    static func parameters(_ settings: PostgreSQLSettings) throws -> PostgresParameters {
        PostgresParameters(
            host: settings.host,
            port: settings.port,
            database: settings.database,
            user: settings.user,
            password: try settings.password.map(Secrets.resolve),
            encryption: encryption(settings.encryption),
            rootCertificates: settings.rootCertificateFile,
            searchPath: settings.searchPath,
            connectTimeout: settings.connectTimeout
        )
    }

    private static func encryption(_ encryption: PostgreSQLSettings.Encryption) -> PostgresParameters.Encryption {
        switch encryption {
        case .disable: .disable
        case .allow: .allow
        case .prefer: .prefer
        case .require: .require
        case .verifyAuthority: .verifyAuthority
        case .verifyFull: .verifyFull
        }
    }
}
