import Diagnosis
import JSON
import Testing

@Suite("What an issuer says of itself")
struct ProviderTests {
    private static let good: JSONValue = [
        "issuer": "https://iam.example/", "jwks_uri": "https://iam.example/jwks",
        "authorization_endpoint": "https://iam.example/authorize", "token_endpoint": "https://iam.example/token",
        "userinfo_endpoint": "https://iam.example/userinfo",
        "introspection_endpoint": "https://iam.example/introspect", "response_types_supported": ["code"],
        "code_challenge_methods_supported": ["plain", "S256"], "scopes_supported": ["openid", "profile"],
    ]

    private static let check = ProviderCheck(
        "issuer iam",
        ProviderCheck.Wishes(
            issuers: ["https://iam.example/"],
            scopes: ["openid", "profile"],
            asksUserinfo: true,
            introspects: true
        )
    )

    private static func without(_ name: String, _ value: JSONValue? = nil) -> JSONValue {
        let members = good.object?.members.filter { $0.name != name } ?? []
        return .object(JSONObject(members: members + (value.map { [.init(name: name, value: $0)] } ?? [])))
    }

    @Test func `a description that has everything is fine`() {
        #expect(Self.check.findings(Self.good) == [])
        #expect(ProviderCheck.keySetURL(Self.good) == "https://iam.example/jwks")
    }

    @Test(
        arguments: [
            ("issuer", nil, .broken), ("issuer", "https://iam.example", .broken), ("issuer", 5, .broken),
            ("jwks_uri", nil, .broken), ("authorization_endpoint", nil, .broken), ("token_endpoint", nil, .broken),
            ("userinfo_endpoint", nil, .broken), ("introspection_endpoint", nil, .broken),
            ("response_types_supported", ["id_token"], .broken),
            ("code_challenge_methods_supported", ["plain"], .warning),
            ("scopes_supported", ["openid"], .warning),
        ] as [(String, JSONValue?, Finding.State)]
    )
    func `what lacks or is another's is found, with what to do`(
        _ name: String,
        _ value: JSONValue?,
        _ state: Finding.State
    ) {
        let findings = Self.check.findings(Self.without(name, value))
        #expect(findings.map(\.state) == [state])
        #expect(findings.allSatisfy { $0.remedy != nil })
    }

    @Test(arguments: ["response_types_supported", "code_challenge_methods_supported", "scopes_supported"])
    func `what it need not say is no fault`(_ name: String) {
        #expect(Self.check.findings(Self.without(name)) == [])
    }

    @Test func `where nobody logs in only the keys are needed`() {
        let check = ProviderCheck("issuer iam", .init(issuers: ["https://iam.example/"], scopes: nil))
        #expect(check.findings(["issuer": "https://iam.example/", "jwks_uri": "https://iam.example/jwks"]) == [])
        #expect(check.findings("<html>").map(\.state) == [.broken])
    }

    @Test func `what somebody else wrote does not reach a terminal as it is`() {
        let findings = Self.check.findings(
            Self.without("issuer", .string("x\u{1B}[2J" + String(repeating: "y", count: 500)))
        )
        let text = findings.first?.text ?? ""
        #expect(text.contains("“x?[2J") && !text.contains("\u{1B}") && text.count < 320)
    }
}
