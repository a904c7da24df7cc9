import GatewayCore
import Policy
import Testing

@Suite("What operators block")
struct BlockTests {
    private static let user = PolicySample.principal("epic.user epic:read atlas.user atlas:read")

    @Test func `a blocked tool shows nowhere, and its callers are told`() throws {
        let register = BlockRegister()
        let policy = BlockingPolicy(try PolicySample.evaluator(), register)
        let decide = { (name: String) in policy.decision(on: PolicySample.item(name), for: Self.user) }
        #expect(decide("epic/jobs") == .allowed)
        let before = policy.visibility(for: Self.user)
        register.set(BlockRegister.Blocked(tools: ["jobs"]), of: "epic")
        #expect(decide("epic/jobs") == .blocked)
        #expect(!decide("epic/jobs").isVisible && decide("epic/jobs").isKnown)
        #expect(decide("epic/other") == .allowed && decide("atlas/job") == .allowed)
        #expect(policy.decision(on: PolicySample.item("epic/jobs", .resource), for: Self.user) == .allowed)
        #expect(policy.visibility(for: Self.user) != before)
        register.set(nil, of: "epic")
        #expect(decide("epic/jobs") == .allowed)
        #expect(policy.visibility(for: Self.user) == before)
    }

    @Test func `a blocked namespace has nothing at all`() throws {
        let register = BlockRegister()
        let policy = BlockingPolicy(try PolicySample.evaluator(), register)
        register.set(BlockRegister.Blocked(isWhole: true), of: "epic")
        for kind in [ItemReference.Kind.tool, .resource, .prompt] {
            #expect(policy.decision(on: PolicySample.item("epic/jobs", kind), for: Self.user) == .blocked)
        }
        #expect(policy.decision(on: PolicySample.item("epic/about"), for: .anonymous) == .blocked)
        #expect(policy.decision(on: PolicySample.item("atlas/job"), for: Self.user) == .allowed)
    }

    @Test func `what is hidden stays hidden, so that a block tells nobody of it`() throws {
        let register = BlockRegister()
        let policy = BlockingPolicy(try PolicySample.evaluator(), register)
        register.set(BlockRegister.Blocked(isWhole: true), of: "epic")
        register.set(BlockRegister.Blocked(tools: ["nothing"]), of: "rubin")
        for (name, caller) in [("epic/jobs", "atlas.user"), ("epic/swf_stop", "epic.user"), ("rubin/nothing", "")] {
            let decision = policy.decision(on: PolicySample.item(name), for: PolicySample.principal(caller))
            #expect(decision == .hidden, "\(name)")
        }
    }

    @Test func `each change makes other visibilities`() throws {
        let register = BlockRegister()
        let policy = BlockingPolicy(try PolicySample.evaluator(), register)
        var seen: Set<Visibility> = []
        for tool in ["a", "b", "c"] {
            register.set(BlockRegister.Blocked(tools: [tool]), of: "epic")
            #expect(seen.insert(policy.visibility(for: Self.user)).inserted)
        }
    }

    @Test func `rules keep what they leave to plugins`() throws {
        let declaration = AuthDeclaration(rules: [AuthRule(match: "*", isPublic: true, isNarrowed: true)])
        let rules = try PolicyEvaluator(["n": declaration], clock: FixedClock(now: 0))
        #expect(BlockingPolicy(rules, BlockRegister()).leavesLastWord(on: PolicySample.item("n/a")))
    }
}
