import Authentication
import GatewayConfiguration

/// Turns the issuers of the configuration into records.
enum IssuerAssembly {
    static func records(of configuration: Configuration, resource: String) throws -> [IssuerRecord] {
        let records = try configuration.issuers.map { issuer in
            IssuerRecord(
                id: issuer.id,
                issuers: issuer.issuers,
                keys: issuer.discovery.map { .discovery(url: $0) } ?? .jwks(url: issuer.keySetURL ?? ""),
                algorithms: try algorithms(issuer),
                profile: try profile(issuer),
                audience: issuer.audience.isEmpty ? [resource] : issuer.audience,
                allowedClients: issuer.authorizedParties,
                maximumLifetime: issuer.maximumLifetime.components.seconds,
                skew: issuer.skew.components.seconds,
                subject: ClaimPath(issuer.subjectClaim),
                username: ClaimPath(issuer.usernameClaim),
                groups: GroupClaims(
                    paths: issuer.groupClaims.map { ClaimPath($0) },
                    separators: Set(issuer.groupSeparator ?? ""),
                    stripsLeadingSlash: issuer.stripsLeadingSlash
                ),
                roles: issuer.roles.map { RoleMapping(group: $0.group, role: $0.role) },
                baselineScopes: issuer.baselineScopes,
                questions: try questions(issuer)
            )
        }
        let problems = IssuerRecordProblem.problems(in: records)
        guard problems.isEmpty else {
            throw CommandFailure(
                CommandFailure.Code.notInOrder,
                problems.map { "issuers.\($0.issuer): \($0.message)" }
            )
        }
        return records
    }

    /// How an issuer is asked about tokens that only it can read.
    private static func questions(_ issuer: IssuerSettings) throws -> TokenQuestions? {
        switch issuer.tokenProfile {
        case "opaque":
            let settings = issuer.introspection ?? IntrospectionSettings()
            let secret = settings.clientSecret ?? (settings.clientID == nil ? issuer.login?.clientSecret : nil)
            return TokenQuestions(
                .introspection(
                    settings.url.map { .url($0) } ?? .discovery(url: issuer.discovery ?? ""),
                    client: settings.clientID ?? issuer.login?.clientID ?? "",
                    secret: try secret.map(Secrets.resolve) ?? ""
                ),
                prefix: issuer.tokenPrefix
            )
        case "gafaelfawr":
            return TokenQuestions(
                .tokenInfo(url: issuer.tokenInfoURL ?? "", userInfoURL: issuer.userInfoURL),
                prefix: issuer.tokenPrefix
            )
        default: return nil
        }
    }

    private static func algorithms(_ issuer: IssuerSettings) throws -> Set<SigningAlgorithm> {
        guard !issuer.algorithms.isEmpty else { return SigningAlgorithm.usual }
        return Set(
            try issuer.algorithms.map { name in
                guard let algorithm = SigningAlgorithm(rawValue: name) else {
                    let known = SigningAlgorithm.allCases.map(\.rawValue).joined(separator: ", ")
                    throw CommandFailure.notInOrder("\(issuer.place): algorithm \(name) is not one of: \(known)")
                }
                return algorithm
            }
        )
    }

    private static func profile(_ issuer: IssuerSettings) throws -> TokenProfile {
        guard let profile = TokenProfile(rawValue: issuer.tokenProfile) else {
            let known = TokenProfile.allCases.map(\.rawValue).joined(separator: ", ")
            throw CommandFailure.notInOrder(
                "\(issuer.place): token_profile \(issuer.tokenProfile) is not one of: \(known)"
            )
        }
        return profile
    }
}
