/// A source of kind `postgresql`: one database, reached as one user.
package struct PostgreSQLSettings: Hashable, Sendable {
    /// What is asked of TLS, in libpq's words.
    package enum Encryption: String, Hashable, Sendable, CaseIterable {
        case disable, allow, prefer, require
        case verifyAuthority = "verify-ca"
        case verifyFull = "verify-full"
    }

    package var host = ""
    package var port = 5432
    package var database = ""
    package var user = ""
    package var password: SettingValue?
    package var encryption = Encryption.prefer
    /// A PEM file of the authorities that may sign the server's certificate.
    package var rootCertificateFile: String?
    /// The schemas in which a name without one is looked for, in order.
    package var searchPath: [String] = []
    /// Connections that are open at the same time.
    package var connections = 8
    /// Statements that may wait for a connection.
    package var waiting = 64
    package var connectTimeout = Duration.seconds(5)
    /// Whether statements may change something; otherwise every transaction is read-only.
    package var isWritable = false
}
