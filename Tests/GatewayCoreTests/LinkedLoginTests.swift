import GatewayCore
import Testing

@Suite("The faces of somebody with several logins")
struct LinkedLoginTests {
    private static func login(_ issuer: String, _ roles: Set<String>, at moment: Int64? = 50) -> LinkedLogin {
        LinkedLogin(issuer: issuer, subject: "s-" + issuer, username: nil, roles: roles, authenticatedAt: moment)
    }

    private static func principal(_ roles: Set<String>, _ linked: [LinkedLogin]) -> Principal {
        Principal(
            issuer: "own",
            subject: "s",
            username: "ada",
            roles: roles,
            scopes: ["atlas:read", "epic:read"],
            client: "c",
            authenticatedAt: 100,
            linked: linked
        )
    }

    @Test func `the roles are those of all logins`() {
        let principal = Self.principal(
            ["epic.user"],
            [Self.login("a", ["atlas.user"]), Self.login("b", ["rubin.user"])]
        )
        #expect(principal.roles == ["epic.user", "atlas.user", "rubin.user"])
        #expect(principal.ownRoles == ["epic.user"])
    }

    @Test(
        arguments: [
            ("epic", "own", ["epic.user"], 100), ("atlas", "a", ["atlas.user"], 50), ("other", "own", [], 100),
            ("at", "own", [], 100),
        ] as [(String, String, Set<String>, Int64)]
    )
    func `an experiment sees the login from which its roles come`(
        _ namespace: String,
        _ issuer: String,
        _ roles: Set<String>,
        _ moment: Int64
    ) {
        let face = Self.principal(["epic.user"], [Self.login("a", ["atlas.user"])]).facing(namespace)
        #expect(face.issuer == issuer)
        #expect(face.roles.filter { $0.hasPrefix(namespace + ".") } == roles)
        #expect(face.authenticatedAt == moment)
        #expect(face.scopes == ["atlas:read", "epic:read"] && face.client == "c")
    }

    @Test func `where several logins give roles, the oldest counts, and one of unknown age most`() {
        let operators = Self.login("a", ["epic.operator"], at: 50)
        let face = Self.principal(["epic.user"], [operators]).facing("epic")
        #expect(face.issuer == "own" && face.roles == ["epic.user", "epic.operator"])
        #expect(face.authenticatedAt == 50)
        let unknown = Self.login("b", ["epic.production"], at: nil)
        #expect(Self.principal(["epic.user"], [operators, unknown]).facing("epic").authenticatedAt == nil)
    }
}
