/// Why there is no development issuer, or no token of it.
package enum DevelopmentIssuerError: Error, Hashable, Sendable {
    /// The issuer exists only on this machine: its URL must have a loopback host.
    case notLoopback
    /// There is no key file at the path: the gateway does not run, or not with a development issuer.
    case noKeyFile(path: String)
    /// Others than the owner may read the key file.
    case unsafePermissions(path: String)
    /// The key file is not one this program wrote.
    case badKeyFile(path: String)
    /// The key file cannot be written; the detail is for the operator.
    case cannotWrite(path: String, detail: String)
    /// The subject is not 1 to 255 printable ASCII characters.
    case badSubject
    /// The lifetime is not between one second and the issuer's longest, in seconds.
    case badLifetime(longest: Int64)
    case cannotSign
}
