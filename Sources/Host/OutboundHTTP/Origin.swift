import GatewayCore

/// Scheme, host and port of a URL, in the one spelling everything compares (RFC 6454).
package struct Origin: Hashable, Sendable, CustomStringConvertible {
    package enum Scheme: String, Hashable, Sendable {
        case http, https

        /// The port a URL means that names none.
        package var defaultPort: UInt16 { self == .http ? 80 : 443 }
    }

    package let scheme: Scheme
    /// A lower-case name, an IPv4 address, or an IPv6 address in brackets.
    package let host: String
    package let port: UInt16

    /// The origin with its port always written.
    package var description: String { "\(scheme.rawValue)://\(host):\(port)" }

    /// Whether the host is an address and no name.
    var isAddress: Bool { host.hasPrefix("[") || IPAddress(host) != nil }

    init(scheme: Scheme, host: String, port: UInt16) {
        self.scheme = scheme
        self.host = host
        self.port = port
    }
}
