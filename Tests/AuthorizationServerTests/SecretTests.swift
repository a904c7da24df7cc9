import AuthorizationServer
import GatewayState
import Testing

@Suite("Codes, keys and limits")
struct SecretTests {
    @Test(arguments: [
        ("BCDF-GHJK", "BCDFGHJK"), ("bcdf ghjk", "BCDFGHJK"), ("BCDFGHJK", "BCDFGHJK"), ("BCDF", nil),
        ("AAAAAAAA", nil),
        ("BCDFGHJKL", nil), ("BCDF\u{2011}GHJK", nil), (String(repeating: "-", count: 65), nil),
    ])
    func `a code that a person types is read generously`(_ typed: String, _ plain: String?) {
        #expect(UserCode.plain(typed) == plain)
    }

    @Test func `a code that is made can be typed as it is shown`() {
        for _ in 0..<50 {
            let code = UserCode.make()
            #expect(UserCode.plain(UserCode.shown(code)) == code)
        }
    }

    @Test func `a key of a service account is recognised, and a mistyped one is not`() {
        let key = ServiceKey.make(for: "epic-bots")
        #expect(key.hasPrefix("beam_sk_epic-bots_"))
        #expect(ServiceKey.isKey(key))
        for index in key.indices {
            var other = key
            other.replaceSubrange(index...index, with: key[index] == "x" ? "y" : "x")
            #expect(!ServiceKey.isKey(other), "\(index)")
        }
        #expect(!ServiceKey.isKey(""))
        #expect(!ServiceKey.isKey("beam_sk_"))
    }

    @Test func `attempts are counted by key and minute`() {
        let limiter = AttemptLimiter(mostKeys: 2)
        for _ in 0..<3 { #expect(limiter.allows("a", atMost: 3, at: 100)) }
        #expect(!limiter.allows("a", atMost: 3, at: 159))
        #expect(limiter.allows("b", atMost: 3, at: 159))
        #expect(!limiter.allows("c", atMost: 3, at: 159), "there is no room to count it")
        #expect(limiter.allows("a", atMost: 3, at: 160))
        #expect(limiter.allows("c", atMost: 3, at: 10), "a clock that was set back counts anew")
    }

    @Test(
        arguments: [
            (nil, ["a", "b"]), ("a", ["a"]), ("b a", ["a", "b"]), ("a offline_access", ["a"]), ("c", nil), ("a c", nil),
        ] as [(String?, [String]?)]
    )
    func `a refresh narrows scopes and never widens them`(_ text: String?, _ scopes: [String]?) {
        #expect(ScopeCatalog.narrowed(["a", "b"], to: text) == scopes)
    }

    @Test func `scopes are given as far as roles go`() {
        let catalog = Samples.settings.scopes
        #expect(catalog.granted(["atlas:read", "epic:read"], to: ["epic.user"]) == ["epic:read"])
        #expect(catalog.granted(["atlas:read"], to: ["epic.user"]) == [])
    }
}

@Suite("The change of keys")
struct KeyRotationTests {
    private let rotation = KeyRotation(period: 1000, tokenLifetime: 10)

    private func key(_ begin: Int64) -> SigningKeyRecord {
        SigningKeyRecord(id: "\(begin)", secret: [], signsFrom: begin, retiresAt: rotation.retirement(of: begin))
    }

    @Test(
        arguments: [
            ([], 100, nil, 100), ([100], 100, 100, nil), ([100], 599, 100, nil), ([100], 600, 100, 1100),
            ([100], 1000, 100, 1500), ([100, 1100], 1099, 100, nil), ([100, 1100], 1100, 1100, nil),
            ([100], 3000, 100, 3500), ([100], 3100, nil, 3100), ([100, 1100], 1600, 1100, 2100),
        ] as [([Int64], Int64, Int64?, Int64?)]
    )
    func `one key signs, and the next is published before it does`(
        _ begins: [Int64],
        _ now: Int64,
        _ current: Int64?,
        _ next: Int64?
    ) {
        let keys = begins.map(key)
        #expect(rotation.current(keys, at: now)?.signsFrom == current)
        #expect(rotation.nextBegins(keys, at: now) == next)
    }
}

@Suite("What providers say of themselves")
struct ProviderMetadataTests {
    private static let good =
        #"{"issuer": "https://i.example/", "authorization_endpoint": "https://i.example/a", "token_endpoint": "https://i.example/t"}"#

    @Test func `is read`() throws {
        let metadata = try #require(ProviderMetadata(Array(Self.good.utf8), issuers: ["https://i.example/"]))
        #expect(metadata.tokenEndpoint == "https://i.example/t")
        #expect(metadata.userinfoEndpoint == nil)
        #expect(!metadata.sendsIssuer && !metadata.wantsSecretInBody)
    }

    @Test(arguments: [
        ("https://i.example", good), ("https://i.example/", "<html></html>"), ("https://i.example/", "{}"),
        ("https://i.example/", good.replacing("https://i.example/a", with: "javascript:alert(1)")),
        ("https://i.example/", good.replacing("https://i.example/t", with: "https://u@i.example/t")),
    ])
    func `is refused unless it is the issuer's own and whole`(_ issuer: String, _ text: String) {
        #expect(ProviderMetadata(Array(text.utf8), issuers: [issuer]) == nil)
    }

    @Test func `says how the secret is sent, and whether answers name their issuer`() throws {
        let text =
            String(Self.good.dropLast())
            + #", "token_endpoint_auth_methods_supported": ["client_secret_post"], "authorization_response_iss_parameter_supported": true, "userinfo_endpoint": "https://i.example/u"}"#
        let metadata = try #require(ProviderMetadata(Array(text.utf8), issuers: ["https://i.example/"]))
        #expect(metadata.wantsSecretInBody && metadata.sendsIssuer)
        #expect(metadata.userinfoEndpoint == "https://i.example/u")
    }
}
