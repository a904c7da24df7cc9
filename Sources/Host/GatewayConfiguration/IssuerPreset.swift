/// The ways of the identity services that collaborations have: what a site would otherwise copy from a manual.
///
/// What the file says goes before what a preset says. Names, groups and secrets are always the site's.
enum IssuerPreset: String, Hashable, Sendable, CaseIterable {
    /// CERN single sign-on (Keycloak).
    case cern
    /// INDIGO IAM, as ATLAS, DOMA and WLCG run it; the file names the instance.
    case indigoIAM = "indigo-iam"
    case cilogon
    /// Auth0; the file names the tenant.
    case auth0
    /// The Rubin Science Platform; the file names the deployment.
    case gafaelfawr

    private static let metadata = ".well-known/openid-configuration"

    /// Puts in what does not depend on what the file says.
    func begin(_ settings: inout IssuerSettings) {
        var login = LoginSettings()
        switch self {
        case .cern:
            settings.issuers = ["https://auth.cern.ch/auth/realms/cern"]
            settings.tokenProfile = "keycloak"
            settings.usernameClaim = ["cern_upn"]
            settings.groupClaims = [["cern_roles"]]
            login.label = "CERN"
        case .indigoIAM:
            settings.tokenProfile = "wlcg"
            settings.groupClaims = [["wlcg.groups"], ["groups"]]
            settings.stripsLeadingSlash = true
            login.scopes = ["openid", "profile", "offline_access", "wlcg.groups"]
            login.asksUserinfo = true
        case .cilogon:
            settings.issuers = ["https://cilogon.org"]
            settings.usernameClaim = ["eppn"]
            settings.groupClaims = [["isMemberOf"]]
            login.label = "CILogon"
            login.scopes = ["openid", "profile", "org.cilogon.userinfo"]
            login.asksUserinfo = true
        case .auth0:
            settings.tokenProfile = "auth0"
            settings.usernameClaim = ["nickname"]
            login.scopes = ["openid", "profile", "offline_access"]
        case .gafaelfawr:
            settings.tokenProfile = "gafaelfawr"
            settings.subjectClaim = ["username"]
            settings.usernameClaim = ["sub"]
            settings.groupClaims = [["scopes"], ["data_rights"]]
            settings.groupSeparator = " "
            settings.tokenPrefix = "gt-"
            login.label = "Rubin Science Platform"
            login.scopes = ["openid", "profile", "rubin"]
        }
        settings.login = login
        if self != .cilogon { settings.algorithms = ["RS256"] }
    }

    /// Puts in what follows from the issuer that the file names, and is not there.
    func complete(_ settings: inout IssuerSettings) {
        guard let issuer = settings.issuers.first else { return }
        let root = issuer.hasSuffix("/") ? issuer : issuer + "/"
        if settings.discovery == nil, settings.keySetURL == nil { settings.discovery = root + Self.metadata }
        switch self {
        // Its metadata have a slash at the end, and its tokens what its operator wrote.
        case .indigoIAM where settings.issuers.count == 1: settings.issuers = [root, String(root.dropLast())]
        case .gafaelfawr where settings.tokenProfile == "gafaelfawr":
            if settings.tokenInfoURL == nil { settings.tokenInfoURL = root + "auth/api/v1/token-info" }
            if settings.userInfoURL == nil { settings.userInfoURL = root + "auth/api/v1/user-info" }
        default: break
        }
    }
}
