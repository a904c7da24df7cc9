package import HTTPServer

/// Where the admin listener may listen: it shows what needs no token, so by default only to this machine.
package struct AdminBinding: Hashable, Sendable {
    package let host: String
    package let port: Int
    /// The hosts requests may name, in lower case and without port.
    package let allowedHosts: Set<String>

    /// Checks an address.
    /// - Parameters:
    ///   - host: The address to listen on.
    ///   - port: The TCP port; 0 lets the system choose.
    ///   - allowsRemote: Whether an address other than loopback is meant.
    ///   - allowedHosts: The names under which others reach the listener, beside `host` and those of loopback.
    /// - Throws: `AdminBindingError` for an address other than loopback that is not said to be meant.
    package init(
        host: String = "127.0.0.1",
        port: Int = 9090,
        allowsRemote: Bool = false,
        allowedHosts: Set<String> = []
    ) throws(AdminBindingError) {
        guard allowsRemote || Self.isLoopback(host) else { throw .notLoopback(host: host) }
        self.host = host
        self.port = port
        let own = host.contains(":") ? "[\(host)]" : host
        self.allowedHosts = Set(allowedHosts.map { $0.lowercased() }).union([own.lowercased()])
    }

    /// Few threads and connections: probes and one or two collectors.
    package var listenerConfiguration: ListenerConfiguration {
        ListenerConfiguration(
            host: host,
            port: port,
            maximumBodyBytes: 1024,
            maximumConnections: 64,
            maximumRefusedConnections: 8,
            threads: 1
        )
    }

    /// 127.0.0.0/8 (RFC 1122 section 3.2.1.3), `::1`, and the name that stands for them (RFC 6761 section 6.3).
    static func isLoopback(_ host: String) -> Bool {
        if host == "::1" || host.lowercased() == "localhost" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }
}

/// Why an address is not taken for the admin listener.
///
/// For the operator.
package enum AdminBindingError: Error, Hashable, Sendable, CustomStringConvertible {
    case notLoopback(host: String)

    package var description: String {
        switch self {
        case .notLoopback(let host):
            "\(host) is not a loopback address, and what the admin listener shows needs no token; listen on 127.0.0.1, or say that remote access is meant."
        }
    }
}
