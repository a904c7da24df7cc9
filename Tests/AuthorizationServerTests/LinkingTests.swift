import AuthorizationServer
import GatewayCore
import JSON
import Synchronization
import TestSupport
import Testing

@Suite("Linking a second login")
struct LinkingTests {
    @Test func `what was granted before has the roles of both logins, and the scopes that were agreed to`() async throws
    {
        let bench = try Bench.withTwoLogins()
        let cookies = try await bench.signedIn()
        let tokens = try await bench.tokens(cookies)
        #expect(tokens["scope"] == "epic:read")
        #expect(try await bench.principal(tokens)?.roles == ["epic.user"])
        _ = try await bench.linked(cookies)
        let principal = try #require(try await bench.principal(tokens))
        #expect(principal.roles == ["atlas.user", "epic.user"])
        #expect(principal.scopes == ["atlas:read", "epic:read"])
        #expect(try await bench.refresh(tokens)["scope"] == "atlas:read epic:read")
    }

    @Test func `a client has no scope that it was not allowed, whoever is linked`() async throws {
        let bench = try Bench.withTwoLogins()
        let cookies = try await bench.signedIn()
        let tokens = try await bench.tokens(cookies, scope: "epic:read")
        _ = try await bench.linked(cookies)
        #expect(try await bench.principal(tokens)?.scopes == ["epic:read"])
        #expect(try await bench.refresh(tokens)["scope"] == "epic:read")
    }

    @Test func `each experiment sees the login of its own collaboration`() async throws {
        let bench = try Bench.withTwoLogins()
        let cookies = try await bench.linked(try await bench.signedIn())
        let principal = try #require(try await bench.principal(try await bench.tokens(cookies)))
        let (own, other) = (principal.facing("epic"), principal.facing("atlas"))
        #expect([own.issuer, own.subject] == ["https://idp.example", "ada"])
        #expect([other.issuer, other.subject] == [OneProvider.other, "ada-there"])
        #expect(other.roles == ["atlas.user"] && other.client == "c1")
    }

    @Test func `it goes through a forced login at the other provider, and is asked about with both names`() async throws
    {
        let bench = try Bench.withTwoLogins()
        let cookies = try await bench.signedIn()
        let left = try await bench.act(.link, [(name: "provider", value: "obs")], cookies)
        let (state, url) = try Bench.left(left)
        #expect(url.hasPrefix(OneProvider.other))
        #expect(try Bench.query(of: url)["prompt"] == "login")
        for name in ["nonce", "code_challenge"] { #expect(try Bench.query(of: url)[name] != nil, "\(name)") }
        let step = await bench.comeBack(state, left.cookies, from: "obs")
        guard case .confirmLink(let view) = step.page else { throw SetupFailure("not asked: \(step.page)") }
        #expect([view.here.label, view.other.label] == ["Lab", "Observatory"])
        #expect(try await bench.view(cookies).logins.map(\.label) == ["Lab"], "nothing is linked before")
        let form = [(name: "ticket", value: view.ticket), (name: "decision", value: "leave")]
        _ = try await bench.act(.confirm, form, step.cookies)
        #expect(try await bench.view(cookies).logins.map(\.label) == ["Lab"], "nor against the person's will")
    }

    @Test func `an answer to the question counts once`() async throws {
        let bench = try Bench.withTwoLogins()
        let step = try await bench.shown("obs", try await bench.signedIn())
        let form = try Bench.confirmation(step)
        let end = try await bench.act(.confirm, form, step.cookies)
        #expect(end.cookies.session != step.cookies.session, "the session has another name from now on")
        for cookies in [step.cookies, end.cookies] {
            guard case .refused = try await bench.act(.confirm, form, cookies).page else {
                Issue.record("it counted again")
                continue
            }
        }
    }

    @Test func `after ten minutes the first login is asked for again, and then the other`() async throws {
        let bench = try Bench.withTwoLogins()
        let cookies = try await bench.signedIn()
        bench.clock.advance(601)
        let first = try await bench.act(.link, [(name: "provider", value: "obs")], cookies)
        let (state, url) = try Bench.left(first)
        #expect(url.hasPrefix("https://idp.example"))
        #expect(try Bench.query(of: url)["prompt"] == "login")
        let second = await bench.comeBack(state, first.cookies)
        let (next, other) = try Bench.left(second)
        #expect(other.hasPrefix(OneProvider.other))
        let step = await bench.comeBack(next, second.cookies, from: "obs")
        let end = try await bench.act(.confirm, try Bench.confirmation(step), step.cookies)
        #expect(try await bench.view(end.cookies).logins.map(\.label) == ["Lab", "Observatory"])
    }

    @Test func `who comes back as somebody else has shown nothing for the first`() async throws {
        let bench = try Bench.withTwoLogins()
        let cookies = try await bench.signedIn()
        bench.clock.advance(601)
        let first = try await bench.act(.link, [(name: "provider", value: "obs")], cookies)
        bench.provider.state.withLock { $0.subject = "eve" }
        let step = await bench.comeBack(try Bench.left(first).state, first.cookies)
        guard case .go(.account) = step.page else { throw SetupFailure("it went on: \(step.page)") }
        #expect(try await bench.view(step.cookies).logins.map(\.subject) == ["eve"])
    }

    @Test(arguments: ["lab", "obs"])
    func `a provider that lets somebody in by an old login shows nothing`(_ old: String) async throws {
        let bench = try Bench.withTwoLogins()
        let cookies = try await bench.signedIn()
        bench.clock.advance(old == "lab" ? 601 : 0)
        bench.provider.state.withLock { $0.authenticatedAt = bench.clock.now - 601 }
        let step = try await bench.shown(old, cookies)
        guard case .turnedDown(let status, _, _) = step.page else { throw SetupFailure("it counted: \(step.page)") }
        #expect(status == 409)
        #expect(try await bench.view(step.cookies).logins.count == 1)
    }

    @Test func `a login that has an account of its own is not taken from it`() async throws {
        let bench = try Bench.withTwoLogins()
        let theirs = try await bench.signedIn(at: "obs")
        let cookies = try await bench.signedIn()
        let step = try await bench.shown("obs", cookies)
        let end = try await bench.act(.confirm, try Bench.confirmation(step), step.cookies)
        guard case .turnedDown(409, _, let sentence) = end.page else { throw SetupFailure("taken: \(end.page)") }
        #expect(sentence.contains("close that account"))
        #expect(bench.events.kinds.contains(.linkRefused))
        #expect(try await bench.view(theirs).logins.map(\.label) == ["Observatory"])
        #expect(try await bench.view(cookies).logins.map(\.label) == ["Lab"])

        guard case .accountClosed = try await bench.act(.close, [(name: "sure", value: "yes")], theirs).page else {
            throw SetupFailure("not closed")
        }
        _ = try await bench.linked(cookies)
    }

    @Test func `there is one login of each provider`() async throws {
        let bench = try Bench.withTwoLogins()
        let cookies = try await bench.linked(try await bench.signedIn())
        bench.provider.state.withLock { $0.other.subject = "second" }
        let step = try await bench.shown("obs", cookies)
        guard
            case .turnedDown(409, _, _) = try await bench.act(.confirm, try Bench.confirmation(step), step.cookies).page
        else { throw SetupFailure("a second one was linked") }
        #expect(try await bench.view(cookies).logins.map(\.subject) == ["ada", "ada-there"])
    }

    @Test func `a login that is linked already is brought up to date without a question`() async throws {
        let bench = try Bench.withTwoLogins()
        let cookies = try await bench.linked(try await bench.signedIn())
        let tokens = try await bench.tokens(cookies)
        bench.provider.state.withLock { $0.other.groups = [] }
        guard case .go(.logins) = try await bench.shown("obs", cookies).page else { throw SetupFailure("asked") }
        #expect(try await bench.principal(tokens)?.roles == ["epic.user"])
    }

    // MARK: - Somebody else

    @Test func `the answer of a provider counts in the session that asked for it`() async throws {
        let bench = try Bench.withTwoLogins()
        let (victim, thief) = (try await bench.signedIn(), try await other(bench))
        let left = try await bench.act(.link, [(name: "provider", value: "obs")], thief)
        let state = try Bench.left(left).state
        // The thief's answer in the victim's browser, with all the thief could plant there.
        var planted = left.cookies
        planted.session = victim.session
        guard case .refused = await bench.comeBack(state, planted, from: "obs").page else {
            throw SetupFailure("it counted")
        }
        #expect(try await bench.view(victim).logins.count == 1)
    }

    @Test func `the answer to the question counts in that session, too`() async throws {
        let bench = try Bench.withTwoLogins()
        let (victim, thief) = (try await bench.signedIn(), try await other(bench))
        let step = try await bench.shown("obs", thief)
        var planted = step.cookies
        planted.session = victim.session
        guard case .refused = try await bench.act(.confirm, try Bench.confirmation(step), planted).page else {
            throw SetupFailure("it counted")
        }
        #expect(try await bench.view(victim).logins.count == 1)
    }

    @Test func `whoever is not signed in links nothing`() async throws {
        let bench = try Bench.withTwoLogins()
        for act in AuthorizationServer.AccountAct.allCases where act != .signIn {
            let form = [(name: "provider", value: "obs"), (name: "sure", value: "yes"), (name: "all", value: "yes")]
            switch try await bench.act(act, form, BrowserCookies()).page {
            case .go(.account), .refused: break
            default: Issue.record("\(act) did something")
            }
        }
    }

    /// Somebody else who is signed in at the first provider.
    private func other(_ bench: Bench) async throws -> BrowserCookies {
        bench.provider.state.withLock { $0.subject = "eve" }
        defer { bench.provider.state.withLock { $0.subject = "ada" } }
        return try await bench.signedIn()
    }
}
