import JSON
import TestSupport
import Testing

@Suite("Logins at a provider")
struct LoginTests {
    @Test func `whoever logs in comes back to the client with a code, its state and the issuer`() async throws {
        let site = try await LoginSite.shared()
        let client = try await TestClient(site)
        var browser = Browser(site)
        let answer = try await browser.logIn(client.query())
        #expect(answer.status == 303)
        let location = try #require(answer.field("Location"))
        #expect(location.hasPrefix(TestClient.redirectURI + "?"))
        let parameters = Form.query(of: location)
        #expect(parameters["code"]?.count == 43)
        #expect(parameters["state"] == "the-state")
        #expect(parameters["iss"] == site.issuer)
        #expect(browser.cookies["beamline-session"] != nil)
        #expect(browser.cookies["beamline-login"] == nil)
    }

    @Test(arguments: [
        FakeProvider.Behaviour.nonce, .audience, .party, .issuer, .expired, .signature, .unsigned, .symmetric, .subject,
        .nosubject, .accesstoken, .athash, .noidtoken, .answerissuer, .noanswerissuer, .nocode, .tokenerror, .notjson,
        .userinfo,
    ])
    func `a provider that answers wrongly logs nobody in`(_ behaviour: FakeProvider.Behaviour) async throws {
        let site = try await LoginSite.shared()
        let client = try await TestClient(site)
        var browser = Browser(site)
        let answer = try await browser.logIn(client.query(), at: behaviour)
        #expect(answer.status == 502)
        #expect(answer.field("Location") == nil)
        #expect(browser.cookies["beamline-session"] == nil)
    }

    @Test func `a provider whose description is another's is not gone to`() async throws {
        let site = try await LoginSite.shared()
        let client = try await TestClient(site)
        var browser = Browser(site)
        let chooser = try await browser.agree(client.query())
        let ticket = try #require(Browser.ticket(in: chooser))
        let answer = try await browser.post("/login/choice", ["ticket": ticket, "provider": "discovery"])
        #expect(answer.status == 502)
        #expect(Browser.refresh(in: answer) == nil)
    }

    @Test func `who has no role reads why, and gets no code`() async throws {
        let site = try await LoginSite.shared()
        let client = try await TestClient(site)
        var browser = Browser(site)
        let answer = try await browser.logIn(client.query(), at: .nogroup)
        #expect(answer.status == 403)
        #expect(answer.text.contains("ada"))
        #expect(answer.field("Location") == nil)
    }

    @Test func `who is turned away there is sent back with that`() async throws {
        let site = try await LoginSite.shared()
        let client = try await TestClient(site)
        var browser = Browser(site)
        let location = try #require(try await browser.logIn(client.query(), at: .denies).field("Location"))
        #expect(Form.query(of: location)["error"] == "access_denied")
        #expect(Form.query(of: location)["iss"] == site.issuer)
    }

    @Test func `the answer of one provider is not taken at another's address (mix-up)`() async throws {
        let site = try await LoginSite.shared()
        let client = try await TestClient(site)
        var browser = Browser(site)
        let chooser = try await browser.agree(client.query())
        let callback = try await browser.visitProvider(try await browser.choose(.good, on: chooser))
        let target = Browser.target(callback)
        let answer = try await browser.get(target.replacing("/callback/good", with: "/callback/another"))
        #expect(answer.status == 400)
        #expect(answer.field("Location") == nil)
        #expect(try await browser.get(target).status == 400, "it counts as used")
    }

    @Test func `an answer counts once, and in the browser that began it (login CSRF)`() async throws {
        let site = try await LoginSite.shared()
        let client = try await TestClient(site)
        var (browser, victim) = (Browser(site), Browser(site))
        let chooser = try await browser.agree(client.query())
        let target = Browser.target(try await browser.visitProvider(try await browser.choose(.good, on: chooser)))
        #expect(try await victim.get(target).status == 400)
        _ = try await victim.agree(client.query())
        #expect(try await victim.get(target).status == 400)
        #expect(try await browser.get(target).status == 303)
        #expect(try await browser.get(target).status == 400)
    }

    @Test(arguments: ["", "?state=x", "?code=c", "?state=x&state=y", "?state=" + String(repeating: "A", count: 43)])
    func `an answer to nothing leads nowhere`(_ query: String) async throws {
        let answer = try await LoginSite.shared().get("/login/callback/good" + query)
        #expect(answer.status == 400)
        #expect(answer.field("Location") == nil)
    }

    @Test func `a login gives the session another name each time (session fixation)`() async throws {
        let site = try await LoginSite.shared()
        let client = try await TestClient(site)
        var browser = Browser(site)
        _ = try await browser.logIn(client.query())
        let first = browser.cookies["beamline-session"]
        let consent = try await browser.get("/authorize?" + client.query())
        let ticket = try #require(Browser.ticket(in: consent))
        let chooser = try await browser.post("/login/consent", ["ticket": ticket, "decision": "switch"])
        let callback = try await browser.visitProvider(try await browser.choose(.another, on: chooser))
        #expect(try await browser.get(Browser.target(callback)).status == 303)
        #expect(browser.cookies["beamline-session"] != first)
    }

    @Test func `one login serves another client, which still has to be agreed to`() async throws {
        let site = try await LoginSite.shared()
        let (client, other) = (try await TestClient(site), try await TestClient(site, name: "Other"))
        var browser = Browser(site)
        _ = try await browser.logIn(client.query())
        let consent = try await browser.get("/authorize?" + other.query())
        #expect(consent.status == 200)
        #expect(consent.text.contains("logged in as <strong>ada</strong>"))
        let ticket = try #require(Browser.ticket(in: consent))
        let answer = try await browser.post("/login/consent", ["ticket": ticket, "decision": "allow"])
        let url = try #require(Browser.refresh(in: answer))
        #expect(Form.query(of: url)["code"] != nil)
    }

    @Test func `consent is remembered where TLS proves who asks, and nowhere else`() async throws {
        let site = try await LoginSite.shared()
        let web = "https://client.example/back"
        let client = try await TestClient(site, redirectURI: web)
        var browser = Browser(site)
        let query = client.query(["redirect_uri": web])
        #expect(try await browser.logIn(query).status == 303)
        #expect(try await browser.get("/authorize?" + query).status == 303)
        let more = client.query(["redirect_uri": web, "scope": "epic:read rubin:read atlas:read"])
        #expect(try await browser.get("/authorize?" + more).status == 200, "more scopes")
        let again = client.query(["redirect_uri": web, "prompt": "consent"])
        #expect(try await browser.get("/authorize?" + again).status == 200, "the client asks for it")
        browser.forget("beamline-session")
        #expect(try await browser.get("/authorize?" + query).status == 200, "nobody is logged in")

        let native = try await TestClient(site)
        var other = Browser(site)
        _ = try await other.logIn(native.query())
        #expect(try await other.get("/authorize?" + native.query()).status == 200, "any program may listen there")
    }

    @Test func `a client that asks for a fresh login gets one`() async throws {
        let site = try await LoginSite.shared()
        let client = try await TestClient(site)
        var browser = Browser(site)
        _ = try await browser.logIn(client.query())
        let chooser = try await browser.agree(client.query(["prompt": "login"]))
        let url = try await browser.choose(.good, on: chooser)
        #expect(Form.query(of: url)["prompt"] == "login")
    }

    @Test func `the request to the provider has its own state, nonce and proof key`() async throws {
        let site = try await LoginSite.shared()
        let client = try await TestClient(site)
        var browser = Browser(site)
        let url = try await browser.choose(.good, on: try await browser.agree(client.query()))
        let parameters = Form.query(of: url)
        #expect(parameters["redirect_uri"] == site.issuer + "/login/callback/good")
        #expect(parameters["state"] != "the-state" && parameters["state"]?.count == 43)
        #expect(parameters["nonce"]?.count == 43)
        #expect(parameters["code_challenge"] != client.challenge)
        #expect(parameters["code_challenge_method"] == "S256")
    }
}
