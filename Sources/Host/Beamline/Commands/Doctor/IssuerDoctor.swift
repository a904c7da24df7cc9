import Authentication
import Diagnosis
import GatewayConfiguration
import GatewayCore
import JSON
import OutboundHTTP

/// Asks every issuer for what the gateway will ask it.
struct IssuerDoctor: Sendable {
    let configuration: Configuration

    func findings() async -> [Finding] {
        guard !configuration.issuers.isEmpty, let outbound = try? SourceAssembly.outbound(of: configuration) else {
            return []
        }
        let records = (try? IssuerAssembly.records(of: configuration, resource: "")) ?? []
        let found = await Doctoring.each(configuration.issuers) { issuer in
            await findings(of: issuer, records.first { $0.id == issuer.id }, outbound)
        }
        await outbound.shutdown()
        return found
    }

    private func findings(
        of issuer: IssuerSettings,
        _ record: IssuerRecord?,
        _ outbound: OutboundClient
    ) async -> [Finding] {
        let subject = "issuer \(issuer.id)"
        var findings: [Finding] = []
        var keySetURL = issuer.keySetURL
        if let discovery = issuer.discovery {
            let answer = await Doctoring.get(discovery, outbound, limits: configuration.limits)
            guard case .success(let response) = answer else {
                return [Doctoring.unreachable(subject, discovery, answer)]
            }
            guard response.status == 200, let document = try? JSONValue(parsing: response.body) else {
                return [
                    Finding(
                        subject,
                        .broken,
                        "\(discovery) answers \(response.status) and no OpenID configuration",
                        remedy: "Check `discovery`: it ends with /.well-known/openid-configuration."
                    )
                ]
            }
            findings += ProviderCheck(subject, wishes(issuer)).findings(document)
            findings += [clock(subject, response, issuer)].compactMap(\.self)
            keySetURL = keySetURL ?? ProviderCheck.keySetURL(document)
        }
        if let keySetURL, let record { findings += await keys(subject, keySetURL, record, issuer, outbound) }
        for url in [issuer.introspection?.url, issuer.tokenInfoURL, issuer.userInfoURL].compactMap(\.self) {
            let answer = await Doctoring.get(url, outbound, limits: configuration.limits)
            // It wants a token or a client: any answer shows that it is there.
            if case .failure = answer { findings.append(Doctoring.unreachable(subject, url, answer)) }
        }
        return findings
    }

    private func wishes(_ issuer: IssuerSettings) -> ProviderCheck.Wishes {
        ProviderCheck.Wishes(
            issuers: issuer.issuers,
            scopes: issuer.login?.scopes,
            asksUserinfo: issuer.login?.asksUserinfo ?? false,
            introspects: issuer.tokenProfile == "opaque" && issuer.introspection?.url == nil
        )
    }

    private func clock(_ subject: String, _ response: FetchResponse, _ issuer: IssuerSettings) -> Finding? {
        ClockCheck.finding(
            subject,
            date: response.header("Date"),
            now: SystemWallClock().now,
            skew: issuer.skew.components.seconds
        )
    }

    private func keys(
        _ subject: String,
        _ url: String,
        _ record: IssuerRecord,
        _ issuer: IssuerSettings,
        _ outbound: OutboundClient
    ) async -> [Finding] {
        let answer = await Doctoring.get(url, outbound, limits: configuration.limits)
        guard case .success(let response) = answer else { return [Doctoring.unreachable(subject, url, answer)] }
        let count = await KeySetReading.usableKeys(
            in: response.body,
            algorithms: record.algorithms,
            limits: configuration.limits.authentication
        )
        guard response.status == 200, let count else {
            let text = "\(url) answers \(response.status) and no set of keys"
            return [Finding(subject, .broken, text, remedy: "Check `jwks_url`, or ask those who run the issuer.")]
        }
        guard count > 0 else {
            let words = record.algorithms.map(\.rawValue).sorted().joined(separator: ", ")
            let remedy = "Give the `algorithms` that the issuer signs with."
            return [Finding(subject, .broken, "none of its keys is for \(words)", remedy: remedy)]
        }
        let roles = issuer.roles.count
        guard roles > 0 else {
            let remedy = "Give `roles`, or nobody from there may use anything."
            return [Finding(subject, .warning, "it answers, and none of its groups has a role", remedy: remedy)]
        }
        return [Finding(subject, .ok, "it answers; usable keys: \(count), groups with a role: \(roles)")]
    }
}
