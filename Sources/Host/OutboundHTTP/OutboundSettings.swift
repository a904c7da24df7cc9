/// How the client connects.
///
/// TLS certificates are always verified; there is no setting against it.
package struct OutboundSettings: Hashable, Sendable {
    /// A PEM certificate and its key, shown to servers that ask for one.
    package struct ClientCertificate: Hashable, Sendable {
        package let certificateFile: String
        /// May be the same file, as with X.509 proxies.
        package let keyFile: String

        package init(certificateFile: String, keyFile: String) {
            self.certificateFile = certificateFile
            self.keyFile = keyFile
        }
    }

    /// A PEM bundle of trusted authorities in place of the system's bundle.
    package let caFile: String?
    /// A directory of authorities under OpenSSL's hashed names, such as the grid's, in place of the system's directory.
    ///
    /// The system's bundle stays trusted beside it unless `caFile` replaces that.
    package let caDirectory: String?
    package let clientCertificate: ClientCertificate?
    /// The URL of an HTTP proxy for every request; without one, connections are direct.
    ///
    /// The environment's proxy variables are never read. Behind a proxy it is the proxy that resolves names, so the
    /// check of addresses is the proxy's too.
    package let proxy: String?
    /// The time within which a connection, TLS included, must stand.
    package let connectTimeout: Duration
    package let userAgent: String

    package init(
        caFile: String? = nil,
        caDirectory: String? = nil,
        clientCertificate: ClientCertificate? = nil,
        proxy: String? = nil,
        connectTimeout: Duration = .seconds(5),
        userAgent: String = "beamline"
    ) {
        self.caFile = caFile
        self.caDirectory = caDirectory
        self.clientCertificate = clientCertificate
        self.proxy = proxy
        self.connectTimeout = connectTimeout
        self.userAgent = userAgent
    }
}
