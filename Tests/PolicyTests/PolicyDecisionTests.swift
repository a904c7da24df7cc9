import GatewayCore
import Policy
import Testing

@Suite struct PolicyDecisionTests {
    private static let write = PolicyDecision.challenge(StepUp(scopes: ["epic:write"]))
    private static let read = PolicyDecision.challenge(StepUp(scopes: ["epic:read"]))
    private static let start = PolicyDecision.challenge(StepUp(scopes: ["epic:read", "epic:write"]))

    @Test(arguments: [
        // The default rule of the namespace.
        ("epic/jobs", "epic.user epic:read", PolicyDecision.allowed),
        ("epic/jobs", "epic.operator epic:read", .allowed),
        ("epic/jobs", "epic.user", read),
        ("epic/jobs", "epic:read", .hidden),
        ("epic/jobs", "atlas.user atlas:read", .hidden),
        ("epic/jobs", "epic.user atlas:read", read),
        ("epic/jobs", "", .hidden),
        // Wider scopes include narrower ones, over two steps.
        ("epic/jobs", "epic.user epic:write", .allowed),
        ("epic/jobs", "epic.user epic:admin", .allowed),
        ("epic/jobs", "epic.user epic:Read", read),
        // The longer pattern wins whole.
        ("epic/swf_stop", "epic.user epic:read", .hidden),
        ("epic/swf_stop", "epic.operator epic:read", write),
        ("epic/swf_stop", "epic.operator epic:admin", .allowed),
        ("epic/swf_list_runs", "epic.user epic:read", .allowed),
        ("epic/swf_list_runs", "epic.operator epic:write", .hidden),
        // The exact name wins over both; who may see but lacks the role is told so.
        ("epic/swf_start", "epic.user epic:write", .denied(missingRoles: ["epic.operator"])),
        ("epic/swf_start", "epic.operator", start),
        ("epic/swf_start", "epic.operator epic:read", start),
        ("epic/swf_start", "epic.operator epic:write", .allowed),
        ("epic/swf_start", "atlas.user", .hidden),
        // Public.
        ("epic/about", "", .allowed),
        ("epic/help", "atlas.user", .allowed),
        // Seen by every login, called by one role.
        ("epic/see_any", "", .denied(missingRoles: ["epic.operator"])),
        ("epic/see_any", "epic.operator", .allowed),
        // Stars inside.
        ("epic/xyz", "", .allowed),
        ("epic/x1y2y3z", "", .allowed),
        ("epic/x1y2", "", .hidden),
        ("epic/xz", "", .hidden),
        // No rule, no namespace, circles of scopes.
        ("atlas/other", "atlas.user atlas:read", .hidden),
        ("rubin/job", "rubin.user rubin:read", .hidden),
        ("atlas/job", "atlas.user atlas:write", .allowed),
        ("atlas/kill_job", "atlas.user atlas:read", .needsConsent),
        ("atlas/job", "atlas.user", .challenge(StepUp(scopes: ["atlas:read"]))),
    ])
    func `a tool`(name: String, caller: String, decision: PolicyDecision) throws {
        let policy = try PolicySample.evaluator()
        #expect(policy.decision(on: PolicySample.item(name), for: PolicySample.principal(caller)) == decision)
    }

    @Test(arguments: [
        ("epic/log", ItemReference.Kind.resource, "epic.user", PolicyDecision.hidden),
        ("epic/log", .resource, "epic.user epic.operator", .allowed),
        ("epic/log", .tool, "epic.user epic:read", .allowed),
        ("epic/both", .tool, "epic.user", .allowed),
        ("epic/both", .resource, "epic.user", .allowed),
        ("epic/both", .prompt, "epic.user", .hidden),
        ("epic/both", .prompt, "epic.operator", .allowed),
    ])
    func `a rule for a kind is about that kind`(
        name: String,
        kind: ItemReference.Kind,
        caller: String,
        decision: PolicyDecision
    ) throws {
        let policy = try PolicySample.evaluator()
        #expect(policy.decision(on: PolicySample.item(name, kind), for: PolicySample.principal(caller)) == decision)
    }

    @Test(arguments: ["epic/jobs", "epic/swf_start", "epic/see_any", "epic/xyz", "atlas/job", "epic/none"])
    func `without a token only public items exist`(name: String) throws {
        let policy = try PolicySample.evaluator()
        #expect(policy.decision(on: PolicySample.item(name), for: .anonymous) == .hidden)
        #expect(policy.decision(on: PolicySample.item("epic/about"), for: .anonymous) == .allowed)
    }

    @Test func `a site may forbid public`() throws {
        let policy = try PolicySample.evaluator(forbidsPublic: true)
        let user = PolicySample.principal("epic.user")
        #expect(policy.decision(on: PolicySample.item("epic/about"), for: .anonymous) == .hidden)
        #expect(policy.decision(on: PolicySample.item("epic/about"), for: user) == .hidden)
        #expect(policy.decision(on: PolicySample.item("epic/help"), for: .anonymous) == .hidden)
        #expect(policy.decision(on: PolicySample.item("epic/help"), for: user) == .allowed)
    }

    @Test(arguments: [
        (Optional<Int64>(3600), PolicyDecision.allowed),
        (3601, .challenge(StepUp(scopes: ["epic:read", "epic:write"], maximumAuthenticationAge: 3600))),
        (nil, .challenge(StepUp(scopes: ["epic:read", "epic:write"], maximumAuthenticationAge: 3600))),
    ])
    func `a login may be too old`(age: Int64?, decision: PolicyDecision) throws {
        let policy = try PolicySample.evaluator()
        let caller = PolicySample.principal("epic.operator epic:write", age: age)
        #expect(policy.decision(on: PolicySample.item("epic/swf_start"), for: caller) == decision)
    }

    @Test func `among patterns as specific the one with a kind wins whatever the order`() throws {
        for rules in [
            [
                AuthRule(match: "a*b", call: AuthNeed()),
                AuthRule(match: "*ab", kind: .tool, call: AuthNeed(anyRole: ["r"])),
            ],
            [
                AuthRule(match: "*ab", kind: .tool, call: AuthNeed(anyRole: ["r"])),
                AuthRule(match: "a*b", call: AuthNeed()),
            ],
        ] {
            let declaration = AuthDeclaration(roles: ["r": ""], rules: rules)
            let policy = try PolicyEvaluator(["n": declaration], clock: FixedClock(now: 0))
            #expect(policy.decision(on: PolicySample.item("n/ab"), for: PolicySample.principal("")) == .hidden)
            #expect(policy.decision(on: PolicySample.item("n/ab"), for: PolicySample.principal("n.r")) == .allowed)
            #expect(
                policy.decision(on: PolicySample.item("n/ab", .prompt), for: PolicySample.principal("")) == .allowed
            )
        }
    }

    @Test(arguments: [
        ("list_jobs", PolicyDecision.allowed), ("listjobs", .allowed), ("list", .hidden), ("lis", .hidden),
    ])
    func `a name shorter than a pattern's letters does not match it`(name: String, decision: PolicyDecision) throws {
        let declaration = AuthDeclaration(rules: [AuthRule(match: "list*jobs", isPublic: true)])
        let policy = try PolicyEvaluator(["n": declaration], clock: FixedClock(now: 0))
        #expect(policy.decision(on: PolicySample.item("n/\(name)"), for: .anonymous) == decision)
    }

    @Test func `an explicit need for seeing hides whatever is missing of it`() throws {
        let rule = AuthRule(match: "t", see: AuthNeed(scopes: ["read"]), call: AuthNeed(scopes: ["read", "write"]))
        let declaration = AuthDeclaration(scopes: ["read": "", "write": ""], rules: [rule])
        let policy = try PolicyEvaluator(["n": declaration], clock: FixedClock(now: 0))
        let stepUp = StepUp(scopes: ["n:read", "n:write"])
        #expect(policy.decision(on: PolicySample.item("n/t"), for: PolicySample.principal("")) == .hidden)
        #expect(
            policy.decision(on: PolicySample.item("n/t"), for: PolicySample.principal("n:read")) == .challenge(stepUp)
        )
    }

    @Test func `equal visibilities show the same items`() throws {
        let policy = try PolicySample.evaluator()
        let items = [
            "epic/jobs", "epic/swf_stop", "epic/swf_list_runs", "epic/swf_start", "epic/about", "epic/help",
            "epic/see_any", "epic/xyz", "epic/none", "atlas/job", "atlas/kill_job", "atlas/other", "rubin/job",
        ].map { PolicySample.item($0) }
        let words = ["epic.user", "epic.operator", "epic:read", "epic:write", "epic:admin", "atlas.user", "atlas:read"]
        var shown: [Visibility: [Bool]] = [:]
        for choice in 0..<(1 << words.count) {
            let held = words.indices.filter { choice >> $0 & 1 == 1 }.map { words[$0] }
            let principal = PolicySample.principal(held.joined(separator: " "))
            let sees = items.map { policy.decision(on: $0, for: principal).isVisible }
            let visibility = policy.visibility(for: principal)
            #expect(shown[visibility] ?? sees == sees, "\(held)")
            shown[visibility] = sees
        }
        #expect(shown.count > 4)
    }

    @Test func `the last word is left to the plugin by the rule that counts, and by no other`() throws {
        let need = AuthNeed(anyRole: ["user"])
        let policy = try PolicyEvaluator(
            [
                "epic": AuthDeclaration(
                    roles: ["user": "x"],
                    rules: [
                        AuthRule(match: "*", call: need), AuthRule(match: "task_*", call: need, isNarrowed: true),
                        AuthRule(match: "task_list", call: need),
                    ]
                ),
                "atlas": AuthDeclaration(roles: ["user": "x"], rules: [AuthRule(match: "*", call: need)]),
            ],
            clock: FixedClock(now: PolicySample.now)
        )
        for (name, isLeft) in [
            ("epic/task_retry", true), ("epic/task_list", false), ("epic/jobs", false), ("atlas/task_retry", false),
            ("rubin/task_retry", false),
        ] {
            #expect(policy.leavesLastWord(on: PolicySample.item(name)) == isLeft, "\(name)")
        }
    }
}
