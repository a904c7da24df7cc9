import JSON
import TestSupport
import Testing

@Suite("Clients with a metadata document")
struct ClientDocumentTests {
    @Test func `one is known by its URL, and its document is fetched once`() async throws {
        let (site, host) = (try await LoginSite.shared(), try await DocumentHost.start())
        let client = try await TestClient(site)
        let id = host.url(.good)
        var browser = Browser(site)
        let consent = try await browser.get("/authorize?" + client.query(["client_id": id]))
        #expect(consent.text.contains("Published client"))
        #expect(consent.text.contains("published by <strong>127.0.0.1</strong>"))
        let answer = try await browser.logIn(client.query(["client_id": id]))
        let code = try #require(answer.field("Location").flatMap { Form.query(of: $0)["code"] })
        let tokens = try await client.redeem(code, ["client_id": id])
        #expect(tokens.status == 200)
        let refresh = tokens.json?["refresh_token"]?.string ?? ""
        #expect(try await client.refresh(refresh, ["client_id": id]).status == 200)
        #expect(host.total == 1)
    }

    @Test(arguments: DocumentHost.Document.allCases.filter { $0 != .good })
    func `a document that is not as it must be is nobody's, and not asked for again at once`(
        _ document: DocumentHost.Document
    ) async throws {
        let (site, host) = (try await LoginSite.shared(), try await DocumentHost.start())
        let client = try await TestClient(site)
        for _ in 0..<2 {
            let answer = try await site.get("/authorize?" + client.query(["client_id": host.url(document)]))
            #expect(answer.status == 400)
            #expect(answer.field("Location") == nil)
            #expect(!answer.text.contains("Published client"))
        }
        #expect(host.count("/clients/\(document.rawValue)") == 1)
        #expect(host.count("/clients/good") == 0, "redirects are not followed")
    }

    @Test func `an address that is not in the document is not gone to`() async throws {
        let (site, host) = (try await LoginSite.shared(), try await DocumentHost.start())
        let client = try await TestClient(site)
        let changes = ["client_id": host.url(.good), "redirect_uri": "https://evil.example/"]
        let answer = try await site.get("/authorize?" + client.query(changes))
        #expect(answer.status == 400)
        #expect(answer.field("Location") == nil)
    }

    @Test(arguments: ["?x", "#x", "/../good", "/%2e%2e/good"])
    func `a URL that could be read differently is not fetched`(_ end: String) async throws {
        let (site, host) = (try await LoginSite.shared(), try await DocumentHost.start())
        let client = try await TestClient(site)
        let answer = try await site.get("/authorize?" + client.query(["client_id": host.url(.good) + end]))
        #expect(answer.status == 400)
        #expect(host.total == 0)
    }

    @Test func `nothing that a registration points to is fetched`() async throws {
        let (site, host) = (try await LoginSite.shared(), try await DocumentHost.start())
        let canary = JSONValue.string("http://127.0.0.1:\(host.port)/canary")
        let answer = try await site.register([
            "redirect_uris": [.string(TestClient.redirectURI)], "logo_uri": canary, "client_uri": canary,
            "policy_uri": canary, "tos_uri": canary, "sector_identifier_uri": canary, "jwks_uri": canary,
            "software_statement": canary,
        ])
        let id = try #require(answer.json?["client_id"]?.string)
        let client = try await TestClient(site)
        _ = try await site.get("/authorize?" + client.query(["client_id": id, "request_uri": canary.string]))
        _ = try await site.get("/authorize?" + client.query(["client_id": id]))
        #expect(host.total == 0)
    }
}
