import JSON
import TestSupport
import Testing

@Suite("Accounts of people (/account)")
struct AccountTests {
    /// Somebody nobody else is: another login at the provider that is good.
    private func person(_ site: LoginSite, at behaviour: FakeProvider.Behaviour = .good) async throws -> Browser {
        var browser = Browser(site, as: "user-\(Self.number())")
        _ = try await browser.signIn(at: behaviour)
        return browser
    }

    private static func number() -> Int { Int.random(in: 1...Int.max) }

    @Test func `who is not signed in chooses a login, and sees the account then`() async throws {
        let site = try await LoginSite.shared()
        var browser = Browser(site, as: "first-\(Self.number())")
        let page = try await browser.get("/account")
        #expect(page.status == 200 && page.text.contains("<h1>Sign in</h1>"))
        let end = try await browser.signIn(at: .good)
        #expect(end.status == 303)
        #expect(end.field("Location") == site.issuer + "/account")
        let account = try await browser.get("/account/")
        #expect(account.text.contains("<h1>Your account</h1>"))
        #expect(account.text.contains("<code>epic.user</code>") && account.text.contains("<code>rubin.user</code>"))
        #expect(account.text.contains("SUB=\(browser.subject ?? ""), ISS=\(site.provider.issuer(.good))"))
        #expect(account.text.contains("Login &lt;another&gt;"))
    }

    @Test func `a person links a second login and unlinks it, and a client's tokens follow`() async throws {
        let site = try await LoginSite.shared()
        let client = try await TestClient(site)
        var browser = try await person(site)
        let scope = "atlas:read epic:read rubin:read"
        let tokens = try await client.tokens(in: &browser, scope: scope)
        #expect(try await experiments(site, tokens.access) == ["epic", "rubin"])

        let asked = try await browser.link(.another)
        #expect(asked.text.contains("<h1>Link these two logins?</h1>"))
        #expect(try await experiments(site, tokens.access) == ["epic", "rubin"], "nothing before the answer")
        let linked = try await browser.confirm(on: asked)
        #expect(linked.status == 303)
        #expect(try await experiments(site, tokens.access) == ["atlas", "epic", "rubin"], "at the next call")
        let renewed = try #require(try await client.refresh(tokens.refresh).json)
        #expect(renewed["scope"]?.string == scope)

        let account = try await browser.get("/account")
        let handle = try #require(Browser.handle(of: "Login &lt;another&gt;", in: account))
        #expect(try await browser.act("unlink", ["login": handle], on: account).status == 303)
        let access = renewed["access_token"]?.string ?? ""
        #expect(try await experiments(site, access) == ["epic", "rubin"], "at the next call")
        let last = try #require(try await client.refresh(renewed["refresh_token"]?.string ?? "").json)
        #expect(last["scope"]?.string == "epic:read rubin:read")
    }

    @Test func `another's login stays another's`() async throws {
        let site = try await LoginSite.shared()
        let name = "twice-\(Self.number())"
        var (first, second) = (Browser(site, as: name), try await person(site))
        _ = try await first.signIn(at: .another)
        second.subject = name
        let asked = try await second.link(.another)
        let answer = try await second.confirm(on: asked)
        #expect(answer.status == 409)
        #expect(answer.text.contains("has an account of its own here"))
        #expect(try await second.get("/account").text.contains("Link Login &lt;another&gt;"))
    }

    @Test func `an application is disconnected by its person and by nobody else`() async throws {
        let site = try await LoginSite.shared()
        let client = try await TestClient(site, name: "Claude <b>")
        var (browser, stranger) = (try await person(site), try await person(site))
        let tokens = try await client.tokens(in: &browser)
        let account = try await browser.get("/account")
        #expect(account.text.contains("<h3>Claude &lt;b&gt;</h3>"))
        #expect(account.text.contains("used less than a minute ago"))
        let grant = try #require(Browser.grant(in: account))
        let theirs = try await stranger.get("/account")
        let answer = try await stranger.act("revoke", ["grant": grant], on: theirs)
        let unknown = try await stranger.act("revoke", ["grant": String(repeating: "0", count: 32)], on: theirs)
        #expect(answer.status == 404 && answer.text == unknown.text)
        #expect(try await site.listing(tokens.access).status == 200)
        #expect(try await browser.act("revoke", ["grant": grant], on: account).status == 303)
        #expect(try await site.listing(tokens.access).status == 401)
        #expect(try await client.refresh(tokens.refresh).json?["error"] == "invalid_grant")
        #expect(try await !browser.get("/account").text.contains("Claude"))
    }

    // MARK: - Forms

    @Test(arguments: ["sign-out", "revoke", "link", "unlink", "close"])
    func `a form counts from a page of the same session alone`(_ act: String) async throws {
        let site = try await LoginSite.shared()
        let client = try await TestClient(site)
        var (browser, stranger) = (try await person(site), try await person(site))
        let tokens = try await client.tokens(in: &browser)
        let before = try await browser.get("/account")
        let form = [
            "grant": Browser.grant(in: before) ?? "", "provider": "another", "sure": "yes", "grants": "end",
            "login": Browser.handle(of: "Login &lt;good&gt;", in: before) ?? "",
        ]
        func isRefused(_ answer: WireAnswer, _ status: Int, _ why: String) {
            #expect(answer.status == status, "\(why)")
            #expect(answer.field("Location") == nil && Browser.refresh(in: answer) == nil, "\(why)")
        }
        isRefused(try await browser.post("/account/\(act)", form), 400, "without a proof")
        let proof = try #require(Browser.proof(in: try await stranger.get("/account")))
        isRefused(try await browser.post("/account/\(act)", form.merging(["proof": proof]) { $1 }), 400, "another's")
        for origin in ["https://evil.example", "null", "http://127.0.0.1"] {
            let answer = try await browser.act(act, form, on: before, ["Origin: \(origin)"])
            isRefused(answer, 403, origin)
        }
        isRefused(
            try await site.gateway.exchange(
                WireRequest("POST", "/account/\(act)", ["Content-Type: application/json"], body: Array("{}".utf8))
            ),
            415,
            "no form"
        )
        #expect(try await browser.get("/account/\(act)").status == 405, "a link")
        _ = try await browser.signIn(at: .good)
        isRefused(try await browser.act(act, form, on: before), 400, "a page from before the session")
        #expect(try await site.listing(tokens.access).status == 200)
        #expect(try await browser.get("/account").text.contains("<h1>Your account</h1>"))
    }

    @Test func `signing in begins on our page, too (login CSRF)`() async throws {
        let site = try await LoginSite.shared()
        var (browser, thief) = (Browser(site), Browser(site))
        let page = try await thief.get("/account")
        let proof = try #require(Browser.proof(in: page))
        _ = try await browser.get("/account")
        let answer = try await browser.post("/account/sign-in", ["provider": "good", "proof": proof])
        #expect(answer.status == 400 && Browser.refresh(in: answer) == nil)
        // The thief's way ends in the thief's browser.
        let left = try await thief.act("sign-in", ["provider": "good"], on: page)
        let callback = try await thief.visitProvider(try #require(Browser.refresh(in: left)))
        #expect(try await browser.get(Browser.target(callback)).status == 400)
        #expect(browser.cookies["beamline-session"] == nil)
    }

    @Test func `a session that was planted is nobody's, and signing in gives another (session fixation)`() async throws
    {
        let site = try await LoginSite.shared()
        var browser = Browser(site, as: "fixed-\(Self.number())")
        let planted = String(repeating: "A", count: 43)
        browser.plant("beamline-session", planted)
        #expect(try await browser.get("/account").text.contains("<h1>Sign in</h1>"))
        _ = try await browser.signIn(at: .good)
        let first = browser.cookies["beamline-session"]
        #expect(first != planted)
        _ = try await browser.confirm(on: try await browser.link(.another))
        #expect(browser.cookies["beamline-session"] != first, "also when somebody becomes more")
        browser.plant("beamline-session", first ?? "")
        #expect(try await browser.get("/account").text.contains("<h1>Sign in</h1>"), "the former is over")
    }

    @Test func `an answer of a provider links nothing in another's browser`() async throws {
        let site = try await LoginSite.shared()
        var (victim, thief) = (try await person(site), try await person(site))
        let account = try await thief.get("/account")
        let left = try await thief.act("link", ["provider": "another"], on: account)
        let target = Browser.target(try await thief.visitProvider(try #require(Browser.refresh(in: left))))
        #expect(try await victim.get(target).status == 400)
        victim.plant("beamline-login", thief.cookies["beamline-login"] ?? "")
        #expect(try await victim.get(target).status == 400)
        #expect(try await victim.get("/account").text.contains("Link Login &lt;another&gt;"))
        #expect(try await thief.get(target).status == 400, "it counts as used")
    }

    @Test func `pages cannot be framed, scripted or kept, and lead nowhere else`() async throws {
        let site = try await LoginSite.shared()
        var browser = Browser(site, as: "page-\(Self.number())")
        let signIn = try await browser.get("/account?next=https://evil.example&done=https://evil.example")
        _ = try await browser.signIn(at: .good)
        let pages = [
            signIn, try await browser.get("/account"), try await browser.link(.another),
            try await browser.post("/account/close", [:]),
        ]
        for page in pages {
            let policy = try #require(page.field("Content-Security-Policy"))
            for part in ["default-src 'none'", "frame-ancestors 'none'", "form-action 'self'", "base-uri 'none'"] {
                #expect(policy.contains(part))
            }
            #expect(page.field("X-Frame-Options") == "DENY")
            #expect(page.field("Cache-Control") == "no-store")
            #expect(page.field("X-Content-Type-Options") == "nosniff")
            #expect(
                !page.text.contains("<script") && !page.text.contains("<img") && !page.text.contains("evil.example")
            )
            for link in page.text.matches(of: /(?:href|action)="([^"]*)"/).map({ String($0.output.1) }) {
                #expect(link.hasPrefix(site.issuer + "/"), "\(link)")
            }
        }
        let end = try await browser.act("sign-out", on: try await browser.get("/account"))
        #expect(end.text.contains("<h1>You are signed out</h1>"))
        #expect(browser.cookies["beamline-session"] == nil)
        let cookie = try #require(end.field("Set-Cookie"))
        #expect(cookie.contains("; HttpOnly") && cookie.contains("; SameSite=Lax") && cookie.contains("Max-Age=0"))
    }

    @Test func `whoever is turned away at the provider is back at the account`() async throws {
        let site = try await LoginSite.shared()
        var browser = try await person(site)
        let answer = try await browser.link(.denies)
        #expect(answer.status == 303 && answer.field("Location") == site.issuer + "/account")
        let failed = try await browser.link(.nonce)
        #expect(failed.status == 502 && failed.text.contains(#"href="\#(site.issuer)/account""#))
        #expect(try await browser.get("/account").text.contains("<h1>Your account</h1>"))
    }

    @Test func `a closed account is gone, and its login is free`() async throws {
        let site = try await LoginSite.shared()
        let client = try await TestClient(site)
        let name = "freed-\(Self.number())"
        var (old, browser) = (Browser(site, as: name), try await person(site))
        _ = try await old.signIn(at: .another)
        let tokens = try await client.tokens(in: &old, at: .another)
        let account = try await old.get("/account")
        #expect(try await old.act("close", on: account).status == 400)
        #expect(try await old.act("close", ["sure": "yes"], on: account).text.contains("The account is closed"))
        #expect(try await site.listing(tokens.access).status == 401)
        browser.subject = name
        #expect(try await browser.confirm(on: try await browser.link(.another)).status == 303)
    }

    private func experiments(_ site: LoginSite, _ token: String) async throws -> Set<String> {
        Set(try await site.gateway.pluginToolNames(token: token).map { String($0.prefix { $0 != "_" }) })
    }
}
