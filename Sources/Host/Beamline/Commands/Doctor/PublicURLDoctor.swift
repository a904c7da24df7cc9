import Authentication
import Diagnosis
import GatewayConfiguration
import GatewayCore
import MCPServer
import OutboundHTTP

/// Asks the gateway for what clients ask it, through all that stands in front of it.
struct PublicURLDoctor: Sendable {
    private static let subject = "public URL"

    let configuration: Configuration
    let publicURL: PublicURL

    func findings() async -> [Finding] {
        guard let outbound = try? outbound() else { return [] }
        let checks = [resource] + (configuration.isAuthorizationServer ? [server] : [])
        var findings = await Doctoring.each(checks) { check in
            let answer = await Doctoring.get(check.url, outbound, limits: configuration.limits)
            switch answer {
            case .success(let response): return [check.finding(status: response.status, body: response.body)]
            case .failure: return [away(Doctoring.unreachable(Self.subject, check.url, answer))]
            }
        }
        // Once is enough to say that nobody is there.
        if findings.allSatisfy({ $0.state == .unreachable }) {
            findings = Array(findings.prefix(1))
        } else {
            findings += await challenge(outbound)
        }
        await outbound.shutdown()
        return findings
    }

    private var resource: PublicDocumentCheck {
        .resource(Self.subject, at: publicURL.metadataURL(path: "/mcp"), resource: publicURL.text + "/mcp")
    }

    private var server: PublicDocumentCheck {
        let path = "/.well-known/oauth-authorization-server" + publicURL.prefix
        return .server(Self.subject, at: publicURL.origin + path, issuer: publicURL.text)
    }

    /// Only the gateway itself may be asked.
    private func outbound() throws -> OutboundClient {
        try OutboundClient(
            policy: EgressPolicy(rules: [EgressRule(url: publicURL.text, allowsPrivateAddresses: true)]),
            settings: OutboundSettings(
                caFile: configuration.trust.authoritiesFile,
                caDirectory: configuration.trust.authoritiesFolder,
                connectTimeout: configuration.limits.outboundConnectTimeout
            ),
            limits: configuration.limits.outbound
        )
    }

    private func challenge(_ outbound: OutboundClient) async -> [Finding] {
        let url = publicURL.text + "/mcp"
        // What stands at `/mcp` may be served without a token.
        guard !configuration.views.contains(where: { $0.path == "/mcp" && $0.allowsAnonymous }) else { return [] }
        let request = FetchRequest(
            method: "POST",
            url: url,
            headers: [
                HTTPField("Content-Type", "application/json"),
                HTTPField("Accept", "application/json, text/event-stream"),
            ],
            body: Array(#"{"jsonrpc": "2.0", "id": 1, "method": "ping"}"#.utf8),
            maximumBytes: configuration.limits.loginBytes,
            deadline: .after(configuration.limits.loginTime)
        )
        let answer = await Doctoring.send(request, outbound)
        guard case .success(let response) = answer else { return [Doctoring.unreachable(Self.subject, url, answer)] }
        var findings = [
            PublicDocumentCheck.challenge(
                Self.subject,
                at: url,
                status: response.status,
                challenge: response.header("WWW-Authenticate"),
                metadata: publicURL.metadataURL(path: "/mcp")
            )
        ]
        let date = response.header("Date")
        if let clock = ClockCheck.finding(Self.subject, date: date, now: SystemWallClock().now, skew: 60) {
            findings.append(clock)
        }
        return findings
    }

    /// A gateway that does not run is no fault of the network's.
    private func away(_ finding: Finding) -> Finding {
        Finding(
            finding.subject,
            finding.state,
            finding.text,
            remedy: "Start the gateway with `beamline serve`, and have the web server in front pass its paths on."
        )
    }
}
