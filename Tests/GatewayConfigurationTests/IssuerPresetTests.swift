import GatewayConfiguration
import Testing

@Suite("Issuers with a preset, and issuers that are asked")
struct IssuerPresetTests {
    private func issuer(_ lines: String) throws -> IssuerSettings {
        try #require(try Files().parse("issuers:\n  a: {\(lines)}").issuers.first)
    }

    @Test func `CERN is known by its name`() throws {
        let issuer = try issuer("preset: cern, audience: my-gateway, require_azp: [my-client]")
        #expect(issuer.issuers == ["https://auth.cern.ch/auth/realms/cern"])
        #expect(issuer.discovery == "https://auth.cern.ch/auth/realms/cern/.well-known/openid-configuration")
        #expect(issuer.tokenProfile == "keycloak" && issuer.algorithms == ["RS256"])
        #expect(issuer.usernameClaim == ["cern_upn"] && issuer.groupClaims == [["cern_roles"]])
        #expect(issuer.audience == ["my-gateway"] && issuer.authorizedParties == ["my-client"])
        #expect(issuer.login == nil, "nobody logs in there unless the file says so")
    }

    @Test(arguments: ["https://atlas-auth.cern.ch", "https://atlas-auth.cern.ch/"])
    func `an IAM is known with and without the slash`(_ text: String) throws {
        let issuer = try issuer("preset: indigo-iam, issuer: \(text), login: {client_id: c}")
        #expect(issuer.issuers == ["https://atlas-auth.cern.ch/", "https://atlas-auth.cern.ch"])
        #expect(issuer.discovery == "https://atlas-auth.cern.ch/.well-known/openid-configuration")
        #expect(issuer.tokenProfile == "wlcg" && issuer.stripsLeadingSlash)
        #expect(issuer.groupClaims == [["wlcg.groups"], ["groups"]])
        #expect(issuer.login?.scopes == ["openid", "profile", "offline_access", "wlcg.groups"])
        #expect(issuer.login?.asksUserinfo == true)
    }

    @Test func `CILogon is known by its name, for its subscribers and for all`() throws {
        let issuer = try issuer("preset: cilogon")
        #expect(issuer.issuers == ["https://cilogon.org"] && issuer.tokenProfile == "rfc9068")
        #expect(issuer.usernameClaim == ["eppn"] && issuer.groupClaims == [["isMemberOf"]])
        let opaque = try self.issuer(
            "preset: cilogon, token_profile: opaque, introspection: {client_id: c, client_secret: {env: S}}"
        )
        #expect(opaque.tokenProfile == "opaque")
        #expect(opaque.discovery == "https://cilogon.org/.well-known/openid-configuration")
    }

    @Test func `an Auth0 tenant ends with a slash`() throws {
        let issuer = try issuer("preset: auth0, issuer: https://t.us.auth0.com/, groups: {claims: [https://e/groups]}")
        #expect(issuer.discovery == "https://t.us.auth0.com/.well-known/openid-configuration")
        #expect(issuer.tokenProfile == "auth0" && issuer.groupClaims == [["https://e/groups"]])
        #expect(
            Files().faults("issuers: {a: {preset: auth0, issuer: https://t.us.auth0.com}}") == [
                "beamline.yaml: line 1: issuers.a.issuer: the issuer of an Auth0 tenant ends with a slash: https://t.us.auth0.com/"
            ]
        )
    }

    @Test func `a Rubin platform is asked about its tokens`() throws {
        let issuer = try issuer("preset: gafaelfawr, issuer: https://data.example.org")
        #expect(issuer.tokenProfile == "gafaelfawr" && issuer.tokenPrefix == "gt-")
        #expect(issuer.tokenInfoURL == "https://data.example.org/auth/api/v1/token-info")
        #expect(issuer.userInfoURL == "https://data.example.org/auth/api/v1/user-info")
        #expect(issuer.subjectClaim == ["username"])
    }

    @Test func `the file goes before the preset`() throws {
        let issuer = try issuer(
            "preset: cern, issuer: https://x.example, discovery: https://x.example/d, algorithms: [ES256], identity: {username: name}, login: {client_id: c, label: L, scopes: [openid]}"
        )
        #expect(issuer.issuers == ["https://x.example"] && issuer.discovery == "https://x.example/d")
        #expect(issuer.algorithms == ["ES256"] && issuer.usernameClaim == ["name"])
        #expect(issuer.login?.label == "L" && issuer.login?.scopes == ["openid"])
    }

    @Test(arguments: [
        (
            "{preset: cerm, issuer: x, jwks_url: https://x}",
            ".preset: must be one of: cern, indigo-iam, cilogon, auth0, gafaelfawr; did you mean `cern`?"
        ),
        ("{preset: indigo-iam}", ": `issuer` is missing: the exact iss of the tokens"),
        (
            "{issuer: x, token_profile: opaque}",
            ": `token_profile: opaque` needs `introspection`, so that the issuer can be asked about its tokens"
        ),
        (
            "{issuer: x, token_profile: opaque, introspection: {client_id: c, client_secret: {env: S}}}",
            ".introspection: give `url`, or `discovery` of the issuer"
        ),
        (
            "{issuer: x, token_profile: opaque, introspection: {url: http://i.example/, client_id: c, client_secret: {env: S}}}",
            ".introspection: tokens go over https, or stay on this machine"
        ),
        (
            "{issuer: x, token_profile: opaque, introspection: {url: https://i.example/, client_secret: {env: S}}}",
            ".introspection: give `client_id`: the client that asks"
        ),
        (
            "{issuer: x, token_profile: opaque, introspection: {url: https://i.example/, client_id: c}}",
            ".introspection: give `client_secret`: an issuer answers only clients it can prove"
        ),
        (
            "{issuer: x, jwks_url: https://i.example/, introspection: {url: https://i.example/, client_id: c, client_secret: {env: S}}}",
            ".introspection: an issuer is asked only with `token_profile: opaque`; take one of the two out or in"
        ),
        (
            "{issuer: x, token_profile: gafaelfawr, token_prefix: gt-}",
            ": `token_profile: gafaelfawr` needs `token_info_url`"
        ),
        (
            "{issuer: x, token_profile: gafaelfawr, token_info_url: https://i.example/}",
            ".token_prefix: tokens of Gafaelfawr begin with `gt-`"
        ),
        (
            "{preset: gafaelfawr, issuer: http://i.example, user_info_url: https://i.example/u}",
            ": tokens go over https, or stay on this machine: http://i.example/auth/api/v1/token-info"
        ),
    ])
    func `a fault says what to do`(_ issuer: String, _ fault: String) {
        #expect(Files().faults("issuers: {a: \(issuer)}") == ["beamline.yaml: line 1: issuers.a\(fault)"])
    }

    @Test func `the login's client may ask, and its secret's path is made whole`() throws {
        let issuer = try issuer(
            "issuer: https://x, discovery: https://x/d, token_profile: opaque, login: {client_id: c, client_secret: {file: s}}, introspection: {client_secret: {file: t}, client_id: d}"
        )
        #expect(issuer.introspection?.clientSecret == .file("/etc/beamline/t"))
        #expect(
            Files().faults(
                "issuers: {a: {issuer: https://x, discovery: https://x/d, token_profile: opaque, login: {client_id: c, client_secret: {file: s}}, introspection: {}}}"
            ).isEmpty
        )
    }
}
