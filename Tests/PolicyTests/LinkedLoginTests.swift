import GatewayCore
import Policy
import Testing

@Suite("Decisions on somebody with several logins")
struct LinkedLoginTests {
    private static func caller(_ roles: Set<String>, linked age: Int64?) -> Principal {
        let linked = LinkedLogin(
            issuer: "https://other.example",
            subject: "s",
            username: nil,
            roles: roles,
            authenticatedAt: age.map { PolicySample.now - $0 }
        )
        return Principal(
            issuer: "https://issuer.example",
            subject: "someone",
            roles: ["atlas.user"],
            scopes: ["atlas:read", "epic:write"],
            authenticatedAt: PolicySample.now - 60,
            linked: [linked]
        )
    }

    @Test(arguments: [
        (3600 as Int64?, PolicyDecision.allowed),
        (3601, .challenge(StepUp(scopes: ["epic:read", "epic:write"], maximumAuthenticationAge: 3600))),
        (nil, .challenge(StepUp(scopes: ["epic:read", "epic:write"], maximumAuthenticationAge: 3600))),
    ])
    func `a rule about the age of a login is about the login that gives the role`(
        _ age: Int64?,
        _ decision: PolicyDecision
    ) throws {
        let caller = Self.caller(["epic.operator"], linked: age)
        let policy = try PolicySample.evaluator()
        #expect(policy.decision(on: PolicySample.item("epic/swf_start"), for: caller) == decision)
        #expect(policy.decision(on: PolicySample.item("atlas/job"), for: caller) == .allowed)
    }

    @Test func `what is shown is what both logins show`() throws {
        let policy = try PolicySample.evaluator()
        let one = PolicySample.principal("atlas.user epic.operator atlas:read epic:write")
        #expect(policy.visibility(for: Self.caller(["epic.operator"], linked: 60)) == policy.visibility(for: one))
        #expect(policy.visibility(for: Self.caller([], linked: 60)) != policy.visibility(for: one))
    }
}
