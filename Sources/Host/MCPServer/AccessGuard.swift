import GatewayCore
import HTTPServer

/// Turns away requests that a web page of another site may have sent (DNS rebinding, cross-site requests; 2026-07-28
/// basic/transports, "Security warning").
struct AccessGuard: Sendable {
    /// What a request is turned away for.
    enum Refusal: Hashable, Sendable {
        case host
        case origin
    }

    private static let loopbackHosts: Set = ["localhost", "127.0.0.1", "[::1]"]

    private let hosts: Set<String>
    /// The authority of the public URL, which nearly all requests name.
    private let ownAuthority: String
    private let origins: Set<String>
    private let acceptsLoopbackOrigins: Bool

    init(_ configuration: EndpointConfiguration) {
        hosts = Self.loopbackHosts
            .union(configuration.allowedHosts.map { $0.lowercased() })
            .union([configuration.publicURL.host])
        ownAuthority = configuration.publicURL.authority
        origins = Set(configuration.allowedOrigins.map { $0.lowercased() }).union([configuration.publicURL.origin])
        acceptsLoopbackOrigins = configuration.isOnLoopback
    }

    /// Why a request is turned away, nil when it is not.
    ///
    /// A request without an origin comes from no page.
    func refusal(of request: HTTPRequest) -> Refusal? {
        let sentHosts = request.headers.values("Host")
        guard sentHosts.count == 1, let host = sentHosts.first,
            host == ownAuthority || hosts.contains(Self.withoutPort(host.lowercased()))
        else { return .host }
        let sentOrigins = request.headers.values("Origin")
        guard let origin = sentOrigins.first else { return nil }
        return sentOrigins.count == 1 && isAccepted(origin: origin.lowercased()) ? nil : .origin
    }

    private func isAccepted(origin: String) -> Bool {
        if origins.contains(origin) { return true }
        guard acceptsLoopbackOrigins else { return false }
        for scheme in ["http://", "https://"] where origin.hasPrefix(scheme) {
            return Self.loopbackHosts.contains(Self.withoutPort(String(origin.dropFirst(scheme.count))))
        }
        return false
    }

    /// The host of an authority; an IPv6 address keeps its brackets.
    ///
    /// Anything odd stays, and is on no list.
    private static func withoutPort(_ authority: String) -> String {
        guard let colon = authority.lastIndex(of: ":") else { return authority }
        let port = authority[authority.index(after: colon)...]
        guard !port.isEmpty, port.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
            return authority
        }
        return String(authority[..<colon])
    }
}
