import Authentication
import AuthorizationServer
import GatewayConfiguration
import Policy

/// How somebody logs in where no collaboration's login is: as the one user of the development issuer.
struct DevelopmentLogin: Sendable {
    let issuer: DevelopmentIssuer
    /// What the user may have.
    let roles: [String]

    init(_ issuer: DevelopmentIssuer, _ user: DevelopmentUserSettings, _ policy: PolicyEvaluator) {
        self.issuer = issuer
        roles = user.roles.isEmpty ? policy.knownRoles : user.roles
    }

    /// The groups of the user are the names of roles: one that the site takes away is gone from old logins, too.
    var record: IssuerRecord { issuer.record(roles: roles) }

    var provider: LoginProvider {
        LoginProvider(
            local: LocalLogin(
                issuer: issuer.issuer,
                username: issuer.user,
                password: issuer.password,
                groups: roles
            ),
            id: record.id,
            label: "The development login of this machine",
            contact: "whoever started this server: identity.development_user gives the roles",
            admissions: roles.map { Admission(group: $0, role: $0) }
        )
    }
}
