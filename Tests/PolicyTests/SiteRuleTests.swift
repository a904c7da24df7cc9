import GatewayCore
import Policy
import Testing

@Suite("What the site says over plugins' rules")
struct SiteRuleTests {
    private static func rule(
        _ match: String,
        kind: ItemReference.Kind? = nil,
        see: AuthNeed? = nil,
        call: AuthNeed? = nil,
        consent: Bool? = nil,
        closed: Bool = false,
        widens: Bool = false,
        isPublic: Bool = false
    ) -> SiteRule {
        SiteRule(
            namespace: "epic",
            match: match,
            kind: kind,
            see: see,
            call: call,
            needsConsent: consent,
            isClosed: closed,
            widens: widens,
            isPublic: isPublic
        )
    }

    private static func evaluator(
        _ rules: [SiteRule],
        forbidsPublic: Bool = false,
        given: Set<String> = ["epic.guest", "epic.shifter"]
    ) throws(PolicyError) -> PolicyEvaluator {
        try PolicyEvaluator(
            ["epic": PolicySample.epic, "atlas": PolicySample.atlas],
            options: PolicyOptions(forbidsPublic: forbidsPublic, siteRules: rules, givenRoles: given),
            clock: FixedClock(now: PolicySample.now)
        )
    }

    private static let shifters = AuthNeed(anyRole: ["epic.shifter"])

    @Test(arguments: [
        // A tightening is asked beside the plugin's rule, never in its place.
        (rule("*", call: shifters), "epic/jobs", "epic.user epic:read", PolicyDecision.hidden),
        (rule("*", call: shifters), "epic/jobs", "epic.user epic.shifter epic:read", .allowed),
        (rule("*", call: shifters), "epic/jobs", "epic.shifter epic:read", .hidden),
        (rule("*", call: shifters), "atlas/job", "atlas.user atlas:read", .allowed),
        // Where the plugin shows more than may be called, what is missing is said.
        (
            rule("swf_start", call: shifters), "epic/swf_start", "epic.user epic:write",
            .denied(missingRoles: ["epic.operator", "epic.shifter"])
        ),
        (rule("swf_start", call: shifters), "epic/swf_start", "epic.operator epic.shifter epic:write", .allowed),
        // Scopes come together in one challenge, and the shortest age counts.
        (
            rule("job*", call: AuthNeed(scopes: ["epic:write"])), "epic/jobs", "epic.user epic:read",
            .challenge(StepUp(scopes: ["epic:read", "epic:write"]))
        ),
        (rule("job*", call: AuthNeed(scopes: ["epic:write"])), "epic/jobs", "epic.user epic:admin", .allowed),
        (
            rule("swf_start", call: AuthNeed(maximumAuthenticationAge: 30)), "epic/swf_start",
            "epic.operator epic:write",
            .challenge(StepUp(scopes: ["epic:read", "epic:write"], maximumAuthenticationAge: 30))
        ),
        (
            rule("swf_start", call: AuthNeed(maximumAuthenticationAge: 7200)), "epic/swf_start",
            "epic.operator epic:write", .allowed
        ),
        // What hides.
        (rule("swf_start", see: shifters), "epic/swf_start", "epic.operator epic:write", .hidden),
        (rule("swf_start", see: shifters), "epic/swf_start", "epic.operator epic.shifter epic:write", .allowed),
        (rule("swf_*", closed: true), "epic/swf_start", "epic.operator epic:write", .hidden),
        (rule("swf_*", closed: true), "epic/jobs", "epic.user epic:read", .allowed),
        // Public items: a need asks for a token and for itself; without one they stay public.
        (rule("about", call: shifters), "epic/about", "", .hidden),
        (rule("about", call: shifters), "epic/about", "epic.shifter", .allowed),
        (rule("about", consent: true), "epic/about", "", .needsConsent),
        (rule("about", closed: true), "epic/about", "", .hidden),
        (rule("help", call: shifters), "epic/help", "epic.shifter", .hidden),
        // Consent.
        (rule("jobs", consent: true), "epic/jobs", "epic.user epic:read", .needsConsent),
        // A rule about another kind, and about nothing the plugin has.
        (rule("*", kind: .resource, call: shifters), "epic/jobs", "epic.user epic:read", .allowed),
        (rule("none", call: AuthNeed()), "epic/none", "epic.user", .challenge(StepUp(scopes: ["epic:read"]))),
        (rule("none", call: AuthNeed()), "atlas/none", "epic.user atlas.user", .hidden),
    ])
    func `tightens`(rule: SiteRule, name: String, caller: String, decision: PolicyDecision) throws {
        let policy = try Self.evaluator([rule])
        #expect(policy.decision(on: PolicySample.item(name), for: PolicySample.principal(caller)) == decision)
    }

    @Test func `all rules that tighten an item count, whatever their order`() throws {
        let rules = [
            Self.rule("*", call: Self.shifters), Self.rule("jobs", call: AuthNeed(scopes: ["epic:write"])),
            Self.rule("jo*", consent: true),
        ]
        for rules in [rules, rules.reversed()] {
            let policy = try Self.evaluator(rules)
            let item = PolicySample.item("epic/jobs")
            #expect(policy.decision(on: item, for: PolicySample.principal("epic.user epic:write")) == .hidden)
            let all = PolicySample.principal("epic.user epic.shifter epic:write")
            #expect(policy.decision(on: item, for: all) == .needsConsent)
        }
    }

    private static let guests = AuthNeed(anyRole: ["epic.guest"], scopes: ["epic:read"])

    @Test(arguments: [
        ("epic/jobs", "epic.guest epic:read", PolicyDecision.allowed), ("epic/jobs", "epic.user epic:read", .hidden),
        ("epic/jobs", "epic.guest", .challenge(StepUp(scopes: ["epic:read"]))), ("epic/jobs", "", .hidden),
        // The most specific of those that widen counts alone; others are as the plugin says.
        ("epic/swf_list_runs", "epic.user", .allowed),
        ("epic/swf_list_x", "epic.user", .challenge(StepUp(scopes: ["epic:admin"]))),
        ("epic/swf_stop", "epic.operator epic:write", .allowed), ("epic/open", "", .allowed),
        ("atlas/kill_job", "atlas.user atlas:write", .needsConsent),
    ])
    func `widens where it says so`(name: String, caller: String, decision: PolicyDecision) throws {
        let policy = try Self.evaluator([
            Self.rule("jobs", call: Self.guests, widens: true),
            Self.rule("swf_list_*", call: AuthNeed(scopes: ["epic:admin"]), widens: true),
            Self.rule("swf_list_runs", call: AuthNeed(), widens: true),
            Self.rule("open", widens: true, isPublic: true),
        ])
        #expect(policy.decision(on: PolicySample.item(name), for: PolicySample.principal(caller)) == decision)
    }

    @Test func `what widens can be tightened, and may drop a consent of the rule`() throws {
        let need = AuthNeed(anyRole: ["atlas.user"])
        let widening = SiteRule(namespace: "atlas", match: "kill_*", call: need, needsConsent: false, widens: true)
        let item = PolicySample.item("atlas/kill_job")
        let user = PolicySample.principal("atlas.user")
        #expect(try Self.evaluator([widening]).decision(on: item, for: user) == .allowed)
        let tightening = SiteRule(namespace: "atlas", match: "kill_job", needsConsent: true)
        #expect(try Self.evaluator([tightening, widening]).decision(on: item, for: user) == .needsConsent)
    }

    @Test func `the plugin keeps the last word that its rule leaves it`() throws {
        let need = AuthNeed(anyRole: ["user"])
        let policy = try PolicyEvaluator(
            ["epic": AuthDeclaration(roles: ["user": ""], rules: [AuthRule(match: "*", call: need, isNarrowed: true)])],
            options: PolicyOptions(siteRules: [Self.rule("jobs", call: AuthNeed(), widens: true)]),
            clock: FixedClock(now: 0)
        )
        #expect(policy.leavesLastWord(on: PolicySample.item("epic/jobs")))
    }

    @Test func `equal visibilities show the same items under the site's rules too`() throws {
        let policy = try Self.evaluator([
            Self.rule("swf_*", see: Self.shifters), Self.rule("jobs", call: Self.guests, widens: true),
            Self.rule("about", call: Self.shifters), Self.rule("x*", closed: true),
            Self.rule("see_any", call: AuthNeed(scopes: ["epic:write"])),
        ])
        let items = [
            "epic/jobs", "epic/swf_stop", "epic/swf_list_runs", "epic/swf_start", "epic/about", "epic/help",
            "epic/see_any", "epic/xyz", "epic/none", "atlas/job", "atlas/kill_job",
        ].map { PolicySample.item($0) }
        let words = ["epic.user", "epic.operator", "epic.guest", "epic.shifter", "epic:read", "epic:write"]
        var shown: [Visibility: [Bool]] = [:]
        for choice in 0...(1 << words.count) {
            let held = words.indices.filter { choice >> $0 & 1 == 1 }.map { words[$0] }
            let isNobody = choice == 1 << words.count
            let principal = isNobody ? .anonymous : PolicySample.principal(held.joined(separator: " "))
            let sees = items.map { policy.decision(on: $0, for: principal).isVisible }
            let visibility = policy.visibility(for: principal)
            #expect(shown[visibility] ?? sees == sees, "\(held)")
            shown[visibility] = sees
        }
        #expect(shown.count > 8)
    }

    @Test func `roles may have the scopes that the site asks for`() throws {
        let policy = try Self.evaluator([
            Self.rule("jobs", call: AuthNeed(scopes: ["epic:write"])),
            Self.rule("log", call: AuthNeed(anyRole: ["epic.guest"], scopes: ["epic:admin"]), widens: true),
        ])
        #expect(policy.scopes(availableTo: ["epic.user"]) == ["epic:read", "epic:write"])
        #expect(policy.scopes(availableTo: ["epic.guest"]) == ["epic:admin", "epic:read", "epic:write"])
        #expect(policy.scopes(availableTo: ["atlas.user"]) == ["atlas:read", "atlas:write"])
        #expect(policy.knownRoles == ["atlas.user", "epic.guest", "epic.operator", "epic.user"])
    }

    @Test(arguments: [
        (rule(""), "match"), (rule("jobs"), "say what is tightened"),
        (rule("jobs", isPublic: true), "widen: true"), (rule("jobs", consent: false), "widen: true"),
        (rule("jobs", widens: true), "what calling needs"),
        (rule("jobs", call: AuthNeed(), closed: true, widens: true), "closes nothing"),
        (rule("jobs", call: AuthNeed(maximumAuthenticationAge: 0)), "auth_age"),
        (rule("jobs", call: AuthNeed(scopes: ["epic:nothing"])), "epic:nothing"),
        (rule("jobs", call: AuthNeed(anyRole: ["epic.nobody"])), "epic.nobody"),
        (rule("jobs", see: AuthNeed(allRoles: ["other.user"])), "other.user"),
    ])
    func `a rule that cannot be meant is refused, with its place`(rule: SiteRule, words: String) {
        let problems = #expect(throws: PolicyError.self) { try Self.evaluator([Self.rule("a", consent: true), rule]) }
        #expect(problems?.problems.count == 1)
        #expect(problems?.problems.first?.problem.place.hasPrefix("policy.rules[1]") == true)
        #expect(problems?.problems.first?.problem.message.contains(words) == true, "\(String(describing: problems))")
    }

    @Test func `a site that forbids public items makes none`() {
        #expect(throws: PolicyError.self) {
            try Self.evaluator([Self.rule("jobs", widens: true, isPublic: true)], forbidsPublic: true)
        }
    }

    @Test func `rules about a namespace without a plugin change nothing`() throws {
        let rule = SiteRule(namespace: "rubin", match: "*", call: AuthNeed(scopes: ["rubin:x"]))
        let user = PolicySample.principal("epic.user epic:read")
        #expect(try Self.evaluator([rule]).decision(on: PolicySample.item("epic/jobs"), for: user) == .allowed)
    }

    @Test func `an explanation names the site's rules that counted`() throws {
        let policy = try Self.evaluator([
            Self.rule("jo*", call: Self.shifters), Self.rule("swf_*", closed: true),
            Self.rule("log", call: Self.guests, widens: true),
        ])
        let user = PolicySample.principal("epic.user epic:read")
        let jobs = policy.explain(PolicySample.item("epic/jobs"), for: user)
        #expect(jobs.rule?.match == "*" && jobs.siteRules == ["jo*"])
        #expect(jobs.reason.hasPrefix("A role is missing: epic.shifter."))
        #expect(policy.explain(PolicySample.item("epic/swf_stop"), for: user).reason == "The site has closed the item.")
        #expect(policy.explain(PolicySample.item("epic/log"), for: user).siteRules == ["log"])
        #expect(policy.explain(PolicySample.item("epic/about"), for: user).siteRules.isEmpty)
    }
}

@Suite("Policy tests of a site")
struct PolicyTestTests {
    @Test(arguments: [
        ("epic/jobs", "epic.user epic:read", PolicyTest.Expectation.allowed, Optional<String>.none),
        ("epic/jobs", "epic.user epic:read", .denied, "epic_jobs is allowed, and should be denied."),
        ("epic/jobs", "epic.user", .scope, nil), ("epic/jobs", "epic.user", .denied, nil),
        ("epic/jobs", "epic.user", .allowed, "epic_jobs is asking for more scopes (scope), and should be allowed."),
        ("epic/jobs", "", .hidden, nil), ("epic/jobs", "", .denied, nil),
        ("epic/jobs", "", .role, "epic_jobs is hidden, and should be denied for a role (role)."),
        ("epic/swf_start", "epic.user epic:write", .role, nil),
        ("atlas/kill_job", "atlas.user atlas:write", .consent, nil),
        (
            "atlas/kill_job", "atlas.user atlas:write", .allowed,
            "atlas_kill_job is allowed once a person agrees (consent), and should be allowed."
        ),
        (
            "atlas/kill_job", "atlas.user atlas:write", .denied,
            "atlas_kill_job is allowed once a person agrees (consent), and should be denied."
        ),
    ])
    func `says what is wrong and why`(
        name: String,
        caller: String,
        expectation: PolicyTest.Expectation,
        failure: String?
    ) throws {
        let test = PolicyTest(
            item: PolicySample.item(name),
            isDestructive: false,
            principal: PolicySample.principal(caller),
            expectation: expectation
        )
        let found = test.failure(under: try PolicySample.evaluator())
        if let failure { #expect(found?.hasPrefix(failure) == true, "\(found ?? "nothing")") }
        #expect((found == nil) == (failure == nil), "\(found ?? "nothing")")
    }

    @Test func `what destroys something is asked about, and an old login is one`() throws {
        let policy = try PolicySample.evaluator()
        let destroying = PolicyTest(
            item: PolicySample.item("epic/jobs"),
            isDestructive: true,
            principal: PolicySample.principal("epic.user epic:read"),
            expectation: .consent
        )
        #expect(destroying.failure(under: policy) == nil)
        let old = PolicyTest(
            item: PolicySample.item("epic/swf_start"),
            isDestructive: false,
            principal: PolicySample.principal("epic.operator epic:write", age: 3601),
            expectation: .login
        )
        #expect(old.failure(under: policy) == nil)
    }
}
