import GatewayCore
import Policy
import Testing

@Suite struct AuthDeclarationCheckTests {
    @Test func `a good declaration has no problems`() {
        #expect(AuthDeclarationCheck.problems(in: PolicySample.epic).isEmpty)
        #expect(AuthDeclarationCheck.problems(in: AuthDeclaration()).isEmpty)
    }

    @Test(arguments: [
        (AuthDeclaration(roles: ["User": ""]), ["roles.User"]),
        (
            AuthDeclaration(roles: ["a b": "", "": "", "9": "", "é": ""]),
            ["roles.", "roles.9", "roles.a b", "roles.é"]
        ),
        (AuthDeclaration(scopes: ["n:read": ""]), ["scopes.n:read"]),
        (
            AuthDeclaration(scopes: [String(repeating: "a", count: 49): ""]),
            ["scopes." + String(repeating: "a", count: 49)]
        ),
        (AuthDeclaration(scopes: [String(repeating: "a", count: 48): ""]), []),
        (AuthDeclaration(scopes: ["a": ""], implies: ["a": ["b"], "c": ["a"]]), ["implies.a", "implies.c"]),
        (AuthDeclaration(rules: [AuthRule(match: "", isPublic: true)]), ["rules[0].match"]),
        (AuthDeclaration(rules: [AuthRule(match: "a b", isPublic: true)]), ["rules[0].match"]),
        (AuthDeclaration(rules: [AuthRule(match: String(repeating: "a", count: 512), isPublic: true)]), []),
        (
            AuthDeclaration(rules: [AuthRule(match: String(repeating: "a", count: 513), isPublic: true)]),
            ["rules[0].match"]
        ),
        (AuthDeclaration(rules: [AuthRule(match: "a", see: AuthNeed())]), ["rules[0]"]),
        (
            AuthDeclaration(rules: [AuthRule(match: "a", see: AuthNeed(anyRole: ["r"]), call: AuthNeed(scopes: ["s"]))]
            ),
            ["rules[0].see.anyRole", "rules[0].call.scope"]
        ),
        (AuthDeclaration(rules: [AuthRule(match: "a", call: AuthNeed(allRoles: ["r"]))]), ["rules[0].call.allRoles"]),
        (
            AuthDeclaration(rules: [AuthRule(match: "a", call: AuthNeed(maximumAuthenticationAge: 0))]),
            ["rules[0].call.authAge"]
        ),
        (
            AuthDeclaration(rules: [AuthRule(match: "a", isPublic: true), AuthRule(match: "a", call: AuthNeed())]),
            ["rules[1]"]
        ),
        (
            AuthDeclaration(rules: [
                AuthRule(match: "a", isPublic: true), AuthRule(match: "a", kind: .tool, isPublic: true),
            ]),
            []
        ),
    ])
    func `names the place of every problem`(declaration: AuthDeclaration, places: [String]) {
        #expect(AuthDeclarationCheck.problems(in: declaration).map(\.place) == places)
    }

    @Test func `a policy of bad declarations is refused with all problems`() {
        let bad = AuthDeclaration(rules: [AuthRule(match: "a")])
        let error = #expect(throws: PolicyError.self) {
            try PolicyEvaluator(["one": bad, "two": bad, "good": PolicySample.epic], clock: FixedClock(now: 0))
        }
        #expect(error?.problems.map(\.namespace) == ["one", "two"])
        #expect(error?.problems.map(\.problem.place) == ["rules[0]", "rules[0]"])
    }
}
