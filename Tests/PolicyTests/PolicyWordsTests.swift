import GatewayCore
import Policy
import Testing

@Suite struct PolicyWordsTests {
    @Test(arguments: [
        ("", ""),
        ("epic.user", "epic:read"),
        ("epic.operator", "epic:read epic:write"),
        ("atlas.user", "atlas:read atlas:write"),
        ("atlas.user epic.user", "atlas:read atlas:write epic:read"),
        ("rubin.user", ""),
    ])
    func `roles may have the scopes of the calls they allow`(roles: String, scopes: String) throws {
        let policy = try PolicySample.evaluator()
        let found = policy.scopes(availableTo: PolicySample.principal(roles).roles)
        #expect(found.joined(separator: " ") == scopes)
    }

    @Test func `knows the words of all namespaces`() throws {
        let policy = try PolicySample.evaluator()
        #expect(policy.knownRoles == ["atlas.user", "epic.operator", "epic.user"])
        #expect(policy.knownScopes == ["atlas:read", "atlas:write", "epic:admin", "epic:read", "epic:write"])
    }

    @Test func `the first scopes to ask for leave out what a person must agree to`() throws {
        #expect(try PolicySample.evaluator().baselineScopes == ["epic:read"])
    }

    @Test func `says which rule counted and why`() throws {
        let policy = try PolicySample.evaluator()
        let user = PolicySample.principal("epic.user epic:read")
        let allowed = policy.explain(PolicySample.item("epic/jobs"), for: user)
        #expect(allowed.decision == .allowed)
        #expect(allowed.rule?.match == "*")
        let denied = policy.explain(PolicySample.item("epic/swf_start"), for: user)
        #expect(denied.rule?.match == "swf_start")
        #expect(
            denied.reason
                == "A role is missing: epic.operator. The caller has the roles epic.user and the scopes epic:read."
        )
        let hidden = policy.explain(PolicySample.item("epic/swf_stop"), for: user)
        #expect(hidden.decision == .hidden)
        #expect(hidden.reason.hasPrefix("A role is missing: epic.operator."))
        let unknown = policy.explain(PolicySample.item("atlas/nothing"), for: user)
        #expect(unknown.rule == nil)
        #expect(unknown.reason == "No rule matches, so nobody may.")
        #expect(policy.explain(PolicySample.item("epic/about"), for: .anonymous).reason == "The rule is public.")
        let old = policy.explain(
            PolicySample.item("epic/swf_start"),
            for: PolicySample.principal("epic.operator epic:write", age: 4000)
        )
        #expect(old.reason.hasPrefix("The login must be at most 3600 seconds old."))
    }
}
