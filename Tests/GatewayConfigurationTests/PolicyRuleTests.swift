import GatewayConfiguration
import Testing

@Suite("The site's rules and its policy tests")
struct PolicyRuleTests {
    private static let plugins = "plugins: {epic: {library: a.so}, atlas: {library: b.so}}\n"

    @Test func `a rule is read as it is written`() throws {
        let text =
            Self.plugins + """
                policy:
                  tests: policy-tests.yaml
                  rules:
                    - {namespace: epic, match: "swf_*", kind: tool, call: {any_role: epic.operator, scopes: ["epic:write"], auth_age: 12h}}
                    - {namespace: atlas, match: "*", closed: true}
                    - {namespace: epic, match: about, widen: true, public: true, consent: false}
                """
        let policy = try Files().parse(text).policy
        #expect(policy.tests == "/etc/beamline/policy-tests.yaml")
        let first = policy.rules[0]
        #expect(first.kind == .tool && first.call?.anyRole == ["epic.operator"] && first.call?.scopes == ["epic:write"])
        #expect(first.call?.authenticationAge == .seconds(43_200) && first.see == nil && first.needsConsent == nil)
        #expect(policy.rules[1].isClosed && policy.rules[1].kind == .all)
        #expect(policy.rules[2].widens && policy.rules[2].isPublic && policy.rules[2].needsConsent == false)
    }

    @Test(arguments: [
        ("{match: x, closed: true}", "`namespace` is missing"),
        ("{namespace: epic, closed: true}", "`match` is missing"),
        (
            "{namespace: epik, match: x, closed: true}",
            "namespace: no plugin has the namespace `epik`; did you mean `epic`?"
        ),
        (
            "{namespace: epic, match: x, call: {any_role: user}}",
            "call: role `user` must be NAMESPACE.ROLE of an enabled plugin"
        ),
        (
            "{namespace: epic, match: x, call: {scopes: [\"atlas:read\"]}}",
            "call.scopes: `atlas:read` must be a scope of `epic`"
        ),
        ("{namespace: epic, match: x, call: {}}", "call: asks for nothing"),
        ("{namespace: epic, match: x, call: {auth_age: 0s}}", "call.auth_age: must be a time"),
        ("{namespace: epic, match: x, closed: true, kind: tools}", "kind: must be one of: all, tool, resource, prompt"),
        ("{namespace: epic, match: x, close: true}", "close: is not a known key; did you mean `closed`?"),
    ])
    func `a rule that cannot be is refused with its place`(rule: String, fault: String) {
        let lines = Files().faults(Self.plugins + "policy:\n  rules:\n    - \(rule)")
        #expect(lines.count == 1, "\(lines)")
        let place = fault.hasPrefix("`") ? "policy.rules[0]: " : "policy.rules[0]."
        #expect(lines.allSatisfy { $0.hasPrefix("beamline.yaml: line 4: \(place)\(fault)") }, "\(lines)")
    }

    @Test func `of two rules in one place the second is refused`() {
        let rule = "    - {namespace: epic, match: x, widen: true, public: true}\n"
        let lines = Files().faults(Self.plugins + "policy:\n  rules:\n" + rule + rule)
        #expect(
            lines == [
                "beamline.yaml: line 5: policy.rules[1]: stands in the place of the same rule as line 4; make one of the two"
            ]
        )
    }

    @Test func `an experiment's own file says nothing about rules`() {
        let files = Files(included: ["epic.yaml": "policy: {rules: []}"])
        let lines = files.faults("include: [{path: epic.yaml, owns: [epic]}]")
        #expect(lines.count == 1 && lines.allSatisfy { $0.contains("policy") }, "\(lines)")
    }

    @Test func `tests are read row by row`() throws {
        let rows = try PolicyTestFile.parse(
            """
            tests:
              - who: {issuer: cern, groups: [a, b], auth_age: 2h}
                tools: epic_jobs
                expect: allowed
              - {who: {roles: [epic.user], scopes: []}, tools: [epic_a, epic_b], expect: scope}
              - {who: {anonymous: true}, tools: [epic_a], expect: hidden}
            """,
            file: "t.yaml"
        )
        #expect(rows.map(\.place.line) == [2, 5, 6])
        #expect(rows[0].issuer == "cern" && rows[0].groups == ["a", "b"] && rows[0].scopes == nil)
        #expect(rows[0].authenticationAge == .seconds(7200) && rows[0].tools == ["epic_jobs"])
        #expect(rows[1].scopes == [] && rows[1].tools == ["epic_a", "epic_b"] && rows[1].expectation == .scope)
        #expect(rows[2].isAnonymous && rows[2].expectation == .hidden)
    }

    @Test(arguments: [
        ("{}", "t.yaml: line 1: (top): `tests` is missing: a list of rows"),
        ("tests: []", "t.yaml: line 1: (top): `tests` is missing: a list of rows"),
        (
            "tests: [{who: {}, expect: allowed}]",
            "t.yaml: line 1: tests[0]: `tools` is missing: names such as epic_panda_list_jobs"
        ),
        (
            "tests: [{tools: [a], expect: allowed}]",
            "t.yaml: line 1: tests[0]: `who` is missing, such as {roles: [epic.user]}"
        ),
        (
            "tests: [{who: {anonymous: true}, tools: [a]}]",
            "t.yaml: line 1: tests[0]: `expect` is missing; one of: allowed, denied, consent, role, scope, login, hidden"
        ),
        (
            "tests: [{who: {anonymous: true}, tools: [a], expect: alowed}]",
            "t.yaml: line 1: tests[0].expect: must be one of: allowed, denied, consent, role, scope, login, hidden; did you mean `allowed`?"
        ),
        (
            "tests: [{who: {groups: [a]}, tools: [a], expect: denied}]",
            "t.yaml: line 1: tests[0].who.groups: groups mean something only at an issuer; name it"
        ),
        (
            "tests: [{who: {anonymous: true, roles: [a]}, tools: [a], expect: denied}]",
            "t.yaml: line 1: tests[0].who.anonymous: a caller without a token has neither roles nor scopes"
        ),
        (
            "tests: [{who: {role: a}, tools: [a], expect: denied}]",
            "t.yaml: line 1: tests[0].who.role: is not a known key; did you mean `roles`?"
        ),
        ("test: []", "t.yaml: line 1: test: is not a known key; did you mean `tests`?"),
    ])
    func `a file of tests that cannot be is refused with its place`(text: String, fault: String) {
        let faults = #expect(throws: ConfigurationFaults.self) { try PolicyTestFile.parse(text, file: "t.yaml") }
        #expect(faults?.lines == [fault])
    }
}
