/// Where a stream leads and how it is protected.
package struct StreamSettings: Hashable, Sendable {
    /// What TLS asks of the peer; its certificate is always checked, there is no setting against it.
    package struct Security: Hashable, Sendable {
        /// A PEM file of the only authorities that are trusted; nil for the folder below, or the system's.
        package var authoritiesFile: String?
        /// A folder of authorities under OpenSSL's hashed names, in place of the system's folder.
        package var authoritiesFolder: String?

        package init(authoritiesFile: String? = nil, authoritiesFolder: String? = nil) {
            self.authoritiesFile = authoritiesFile
            self.authoritiesFolder = authoritiesFolder
        }
    }

    /// A name or an address, without brackets.
    package var host: String
    package var port: Int
    /// Nil for a stream that anybody on the way can read.
    package var security: Security?
    /// The time within which the connection, TLS included, must stand.
    package var connectTimeout: Duration

    package init(host: String, port: Int, security: Security? = nil, connectTimeout: Duration = .seconds(5)) {
        self.host = host
        self.port = port
        self.security = security
        self.connectTimeout = connectTimeout
    }
}
