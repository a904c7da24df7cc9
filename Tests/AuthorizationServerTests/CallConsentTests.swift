import AuthorizationServer
import GatewayCore
import GatewayState
import JSON
import Synchronization
import Testing

@Suite("Agreement to calls on a page")
struct CallConsentTests {
    private static let sheet = ConsentSheet(
        question: "Allow epic_wipe to start, change or end something?",
        arguments: [.init(name: "what", value: "\"x\"")]
    )

    private func call(
        _ arguments: String = #"{"what": "x", "how": [1, 2]}"#,
        subject: String = "ada",
        issuer: String = "https://idp.example",
        client: String = "c1",
        tool: String = "wipe"
    ) throws -> ConsentSubject {
        ConsentSubject(
            requestID: RequestID(),
            principal: Principal(issuer: issuer, subject: subject, username: "Ada", client: client),
            item: ItemReference(kind: .tool, namespace: "epic", localName: tool),
            name: tool,
            arguments: try Samples.node(arguments)
        )
    }

    private func question(_ call: ConsentSubject, _ interaction: Interaction = Interaction()) -> ConsentPage {
        ConsentPage(subject: call, sheet: Self.sheet, statement: nil, interaction: interaction)
    }

    /// Asks, and gives the page's name.
    private func ask(_ bench: Bench, _ question: ConsentPage) async throws -> String {
        guard case .page(let url) = await bench.server.consents.ask(question) else {
            Issue.record("there is no page")
            return ""
        }
        let parts = url.split(separator: "/")
        #expect(url == "https://gw.example/approve/\(parts.last ?? "")")
        return parts.last.map(String.init) ?? ""
    }

    /// Somebody who opens a page without a login, and logs in on the way: the page, and the cookies.
    private func open(_ bench: Bench, _ id: String) async throws -> BrowserStep {
        let led = await bench.server.showCall(id, BrowserCookies())
        guard case .leave(let url) = led.page, let state = try Bench.query(of: url)["state"] else { return led }
        let back = await bench.comeBack(state, led.cookies)
        guard case .leave("https://gw.example/approve/\(id)") = back.page else { return back }
        return await bench.server.showCall(id, back.cookies)
    }

    private func view(_ step: BrowserStep) -> CallConsentView? {
        if case .callConsent(let view) = step.page { view } else { nil }
    }

    private func status(_ step: BrowserStep) -> Int? {
        if case .refused(let status, _, _) = step.page { status } else { nil }
    }

    @Test func `a call that its caller agrees to is made once, however often it comes`() async throws {
        let bench = try Bench()
        let question = question(try call())
        let id = try await ask(bench, question)
        #expect(id.utf8.count == 22, "128 bits")
        #expect(await bench.server.consents.answer(to: question.subject) == .nothing, "nobody said anything")
        let page = try await open(bench, id)
        let shown = try #require(view(page))
        #expect(shown.state == .waiting && shown.sheet == Self.sheet)
        #expect((shown.experiment, shown.item) == ("epic", "wipe") && shown.client == "Client")
        #expect(shown.username == "Ada")

        let approved = await bench.server.answer("approve", forCall: id, page.cookies)
        #expect(view(approved)?.state == .approved)
        let again = await bench.server.answer("refuse", forCall: id, page.cookies)
        #expect(view(again)?.state == .approved, "what was said first counts")

        // The same however it is written.
        let repeated = try call(#"{"how":[1,2],"what":"x"}"#)
        let server = bench.server
        let answers = await withTaskGroup(of: ConsentAnswer.self) { group in
            for _ in 0..<4 { group.addTask { await server.consents.answer(to: repeated) } }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(answers.filter { $0 == .said(Interaction(consent: true)) }.count == 1)
        #expect(answers.filter { $0 == .nothing }.count == 3)
        #expect(view(await bench.server.showCall(id, page.cookies))?.state == .made)
        #expect(try await ask(bench, question) != id, "a new call is a new question")
        #expect(bench.events.acts.map(\.name) == ["call_approved"])
        #expect(bench.events.acts.first?.principal?.subject == "ada")
    }

    @Test(
        arguments: [
            ("what", "ada", "https://idp.example", "c1", "wipe"), (nil, "bob", "https://idp.example", "c1", "wipe"),
            (nil, "ada", "https://other.example", "c1", "wipe"), (nil, "ada", "https://idp.example", "c2", "wipe"),
            (nil, "ada", "https://idp.example", "c1", "wipe_all"),
        ] as [(String?, String, String, String, String)]
    )
    func `an agreement is to one caller, client, tool and set of arguments`(
        changed: String?,
        subject: String,
        issuer: String,
        client: String,
        tool: String
    ) async throws {
        let bench = try Bench()
        let question = question(try call())
        let id = try await ask(bench, question)
        let page = try await open(bench, id)
        _ = await bench.server.answer("approve", forCall: id, page.cookies)
        let arguments = changed == nil ? #"{"what": "x", "how": [1, 2]}"# : #"{"what": "y", "how": [1, 2]}"#
        let other = try call(arguments, subject: subject, issuer: issuer, client: client, tool: tool)
        #expect(await bench.server.consents.answer(to: other) == .nothing)
        #expect(await bench.server.consents.answer(to: question.subject) == .said(Interaction(consent: true)))
    }

    @Test func `who refuses refuses for as long as they could have agreed`() async throws {
        let bench = try Bench()
        let question = question(try call())
        let id = try await ask(bench, question)
        let page = try await open(bench, id)
        #expect(view(await bench.server.answer("refuse", forCall: id, page.cookies))?.state == .refused)
        for _ in 0..<2 {
            #expect(await bench.server.consents.answer(to: question.subject) == .said(Interaction(consent: false)))
        }
        bench.clock.advance(599)
        #expect(await bench.server.consents.answer(to: question.subject) != .nothing)
        bench.clock.advance(1)
        #expect(await bench.server.consents.answer(to: question.subject) == .nothing)
        #expect(bench.events.acts.map(\.name) == ["call_refused"])
    }

    @Test func `another person cannot answer, also when they know the address`() async throws {
        let bench = try Bench()
        let question = question(try call())
        let id = try await ask(bench, question)
        bench.provider.state.withLock { $0.subject = "mallory" }
        let page = try await open(bench, id)
        #expect(status(page) == 403)
        #expect(status(await bench.server.answer("approve", forCall: id, page.cookies)) == 403)
        #expect(await bench.server.consents.answer(to: question.subject) == .nothing)
        #expect(bench.events.kinds.contains(.callNotTheirs))
        #expect(bench.events.acts.map(\.name) == ["call_not_theirs", "call_not_theirs"])
    }

    @Test func `nobody answers without a login`() async throws {
        let bench = try Bench()
        let question = question(try call())
        let id = try await ask(bench, question)
        let led = await bench.server.answer("approve", forCall: id, BrowserCookies())
        guard case .leave(let url) = led.page else {
            Issue.record("they are not sent to a login")
            return
        }
        #expect(url.hasPrefix("https://idp.example/a?"))
        #expect(await bench.server.consents.answer(to: question.subject) == .nothing)
    }

    @Test func `a person may answer with another login of theirs`() async throws {
        let bench = try Bench()
        let id = try await ask(bench, question(try call(subject: "ada-at-home")))
        _ = try await bench.store.person(issuer: "https://idp.example", subject: "ada-at-home", orNew: "p", at: 1)
        _ = try await bench.store.person(issuer: "https://idp.example", subject: "ada", orNew: "p", at: 1)
        #expect(view(try await open(bench, id))?.state == .waiting)
    }

    @Test func `a page is good for so long, and so is an agreement`() async throws {
        let bench = try Bench()
        let question = question(try call())
        let id = try await ask(bench, question)
        bench.clock.advance(599)
        let page = try await open(bench, id)
        #expect(view(page)?.state == .waiting)
        bench.clock.advance(1)
        #expect(status(await bench.server.answer("approve", forCall: id, page.cookies)) == 404)
        let next = try await ask(bench, question)
        _ = await bench.server.answer("approve", forCall: next, page.cookies)
        bench.clock.advance(600)
        #expect(await bench.server.consents.answer(to: question.subject) == .nothing)
    }

    @Test(arguments: ["", "x", "AAAAAAAAAAAAAAAAAAAAAA", "AAAAAAAAAAAAAAAAAAAAAB", "../login", "%00"])
    func `a page that nobody was given is none`(id: String) async throws {
        let step = await (try Bench()).server.showCall(id, BrowserCookies())
        #expect(status(step) == 404)
    }

    @Test func `what was said before comes back with the answer, and to a plugin's own words`() async throws {
        let bench = try Bench()
        let (first, second) = (Statement(action: "burn", target: "a"), Statement(action: "burn", target: "b"))
        var before = Interaction(answers: Array(#"{"why":"\u0007"}"#.utf8), memory: "m", edition: "e")
        before.agreements = [Agreement(first, isGranted: false)]
        let question = ConsentPage(subject: try call(), sheet: Self.sheet, statement: second, interaction: before)
        let id = try await ask(bench, question)
        let page = try await open(bench, id)
        _ = await bench.server.answer("approve", forCall: id, page.cookies)
        var after = before
        after.agreements.append(Agreement(second, isGranted: true))
        #expect(await bench.server.consents.answer(to: question.subject) == .said(after))
    }

    @Test func `only who can log in here gets a page, and so many calls wait`() async throws {
        let bench = try Bench { settings in
            settings.limits.approvalsPerCaller = 2
            settings.limits.waitingApprovals = 3
        }
        let server = bench.server
        #expect(await server.consents.ask(question(try call(issuer: "https://other.example"))) == .nobody)
        for number in 0..<3 {
            let place = await server.consents.ask(question(try call(#"{"n": \#(number)}"#)))
            #expect((place == .tooMany) == (number == 2))
        }
        #expect(await server.consents.ask(question(try call(subject: "bob"))) != .tooMany)
        #expect(await server.consents.ask(question(try call(subject: "eve"))) == .tooMany)
    }
}
