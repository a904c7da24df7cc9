import GatewayCore
import JSON
import Synchronization
import Testing

@Suite("Agreement to calls, with a page of the gateway and without")
struct ConsentDeskTests {
    /// Asks for agreement to statements that are not answered yet, and counts its calls.
    private final class Provider: ToolProvider {
        let calls = Mutex<[ProviderCall]>([])
        let statements: [Statement]

        init(_ statements: [Statement] = []) {
            self.statements = statements
        }

        func call(_ call: ProviderCall) async -> ProviderReply {
            calls.withLock { $0.append(call) }
            let known = call.interaction.agreements.map(\.statement)
            if let open = statements.first(where: { !known.contains($0) }) {
                return .question(.consent(open, text: "Allow \(open.action) \(open.target)?"))
            }
            return .result(ProviderResult(structured: Array("{}".utf8)))
        }
    }

    private struct Routes: ToolRouting {
        let provider: Provider
        let isDestructive: Bool

        func route(toTool name: String, in view: View) -> ToolRoute? {
            let schema: JSONValue = ["type": "object", "additionalProperties": true]
            guard let input = try? JSONSchema(compiling: schema, options: .toolInput) else { return nil }
            return ToolRoute(
                item: ItemReference(kind: .tool, namespace: "epic", localName: "wipe"),
                provider: provider,
                input: input,
                timeout: nil,
                isReadOnly: false,
                isDestructive: isDestructive,
                edition: "1"
            )
        }
    }

    private struct Decides: PolicyDeciding {
        let decision: PolicyDecision

        func decision(on item: ItemReference, for principal: Principal) -> PolicyDecision { decision }
        func visibility(for principal: Principal) -> Visibility { Visibility([true]) }
    }

    private struct NoAudit: Auditing {
        func record(_ event: AuditEvent) {}
    }

    private static let person = Principal(issuer: "https://i", subject: "ada", client: "app")
    private static let program = Principal(issuer: "https://i", subject: "bot", client: "bot")
    private static let trusted = Principal(
        issuer: "https://i",
        subject: "bot",
        client: "bot",
        consentedTools: ["epic_wipe"]
    )
    private static let burn = Statement(action: "burn", target: "a")
    private static let drown = Statement(action: "drown", target: "b")

    private func call(
        _ provider: Provider,
        by principal: Principal = person,
        pages: PagesInMemory?,
        needs decision: PolicyDecision = .allowed,
        isDestructive: Bool = true,
        abilities: ClientAbilities = [],
        rounds: Int = 16,
        _ arguments: String = #"{"what": "x"}"#
    ) async throws -> ToolCallOutcome {
        let pipeline = CallPipeline(
            routing: Routes(provider: provider, isDestructive: isDestructive),
            policy: Decides(decision: decision),
            audit: NoAudit(),
            limits: CallLimits(questionRounds: rounds),
            consentPages: pages
        )
        return await pipeline.perform(
            ToolCall(
                requestID: RequestID(),
                principal: principal,
                view: View(path: "/mcp", namespaces: nil, isPrefixed: true),
                name: "epic_wipe",
                arguments: try JSONDocument(parsing: Array(arguments.utf8)).root,
                interaction: Interaction(abilities: abilities)
            )
        )
    }

    private func said(_ consent: Bool?, _ agreements: [(Statement, Bool)] = [], edition: String = "1") -> ConsentAnswer
    {
        .said(
            Interaction(
                consent: consent,
                agreements: agreements.map { Agreement($0.0, isGranted: $0.1) },
                edition: edition
            )
        )
    }

    private func error(_ outcome: ToolCallOutcome) -> GatewayError? {
        if case .failure(let error) = outcome { error } else { nil }
    }

    private func runs(_ outcome: ToolCallOutcome) -> Bool {
        if case .result = outcome { true } else { false }
    }

    @Test(arguments: [(PolicyDecision.allowed, true), (.needsConsent, false)])
    func `a client that cannot ask is sent to a page, which shows everything`(
        decision: PolicyDecision,
        isDestructive: Bool
    ) async throws {
        let (provider, pages) = (Provider(), PagesInMemory())
        let outcome = try await call(
            provider,
            pages: pages,
            needs: decision,
            isDestructive: isDestructive,
            #"{"what": "<b>\u202e7", "yes": true}"#
        )
        #expect(error(outcome)?.code == .approvalRequired)
        #expect(error(outcome)?.approvalURL == "https://gw.example/approve/x")
        #expect(error(outcome)?.message.contains("https://gw.example/approve/x") == true)
        #expect(provider.calls.withLock { $0.isEmpty })
        let page = try #require(pages.asked.first)
        #expect(page.sheet.question == "Allow epic_wipe to start, change or end something?")
        #expect(
            page.sheet.arguments == [
                .init(name: "what", value: #""<b>\u{202e}7""#),
                .init(name: "yes", value: "true"),
            ]
        )
        #expect(page.statement == nil && page.subject.principal == Self.person)
    }

    @Test func `no argument is consent`() async throws {
        let (provider, pages) = (Provider(), PagesInMemory())
        let outcome = try await call(
            provider,
            pages: pages,
            #"{"approve": true, "consent": {"granted": true}, "beamline_consent": {"action": "accept"}}"#
        )
        #expect(error(outcome)?.code == .approvalRequired)
    }

    @Test func `what was agreed to on the page runs, and what was refused is forbidden`() async throws {
        let provider = Provider()
        #expect(runs(try await call(provider, pages: PagesInMemory(said(true)))))
        #expect(provider.calls.withLock { $0.map(\.interaction.consent) } == [true])
        let refused = try await call(provider, pages: PagesInMemory(said(false)))
        #expect(error(refused)?.code == .forbidden)
        #expect(provider.calls.withLock { $0.count } == 1)
    }

    @Test func `an agreement to another edition of the plugin is asked for again`() async throws {
        let (provider, pages) = (Provider(), PagesInMemory(said(true, edition: "0")))
        #expect(error(try await call(provider, pages: pages))?.code == .approvalRequired)
        #expect(pages.asked.count == 1)
    }

    @Test(
        arguments: [
            (ConsentPlace.nobody, ErrorCode.approvalRequired), (.tooMany, .rateLimited), (.unavailable, .unavailable),
        ]
    )
    func `where no page can be had the call does not run`(place: ConsentPlace, code: ErrorCode) async throws {
        let provider = Provider()
        let outcome = try await call(provider, pages: PagesInMemory(place: place))
        #expect(error(outcome)?.code == code && error(outcome)?.approvalURL == nil)
        #expect(provider.calls.withLock { $0.isEmpty })
    }

    @Test func `what cannot be looked up was not agreed to`() async throws {
        let provider = Provider()
        #expect(error(try await call(provider, pages: PagesInMemory(.unavailable)))?.code == .unavailable)
        #expect(provider.calls.withLock { $0.isEmpty })
    }

    @Test func `a client that can ask its user does, and no page is made`() async throws {
        let pages = PagesInMemory(said(true))
        guard case .question = try await call(Provider(), pages: pages, abilities: .form) else {
            Issue.record("nobody is asked")
            return
        }
        #expect(pages.asked.isEmpty)
    }

    @Test func `without pages, and for callers without a name, there is nobody to ask`() async throws {
        for (principal, pages) in [(Self.person, nil), (.anonymous, PagesInMemory())] as [(Principal, PagesInMemory?)] {
            let outcome = try await call(Provider(), by: principal, pages: pages)
            #expect(error(outcome)?.code == .approvalRequired && error(outcome)?.approvalURL == nil)
        }
    }

    @Test func `a service account calls what the site has agreed to and nothing else`() async throws {
        for abilities in [[], ClientAbilities.form] {
            let pages = PagesInMemory(said(true), said(true))
            let outcome = try await call(Provider(), by: Self.program, pages: pages, abilities: abilities)
            #expect(error(outcome)?.code == .approvalRequired && error(outcome)?.approvalURL == nil)
            #expect(pages.asked.isEmpty)
            let provider = Provider([Self.burn, Self.drown])
            #expect(runs(try await call(provider, by: Self.trusted, pages: pages, abilities: abilities)))
            let last = provider.calls.withLock { $0.last?.interaction }
            #expect(last?.consent == true)
            #expect(last?.agreements.map(\.isGranted) == [true, true])
        }
    }

    @Test func `a plugin's own words wait on the page, one after the other`() async throws {
        let provider = Provider([Self.burn, Self.drown])
        let first = PagesInMemory()
        let ask = { (pages: PagesInMemory) in try await self.call(provider, pages: pages, isDestructive: false) }
        #expect(error(try await ask(first))?.code == .approvalRequired)
        #expect(first.asked.first?.statement == Self.burn)
        #expect(first.asked.first?.sheet.question == "Allow burn a?")
        let second = PagesInMemory(said(nil, [(Self.burn, true)]))
        #expect(error(try await ask(second))?.code == .approvalRequired)
        #expect(second.asked.first?.statement == Self.drown)
        #expect(second.asked.first?.interaction.agreements == [Agreement(Self.burn, isGranted: true)])
        let third = PagesInMemory(said(nil, [(Self.burn, true), (Self.drown, false)]))
        #expect(runs(try await ask(third)))
        #expect(provider.calls.withLock { $0.last?.interaction.agreements.map(\.isGranted) } == [true, false])
    }

    @Test(arguments: [(2, false), (3, true)])
    func `a call begins again so often and no more`(rounds: Int, isDone: Bool) async throws {
        let provider = Provider([Self.burn, Self.drown])
        let outcome = try await call(provider, by: Self.trusted, pages: nil, rounds: rounds)
        #expect(runs(outcome) == isDone)
        if !isDone { #expect(error(outcome)?.code == .unavailable) }
    }

    @Test func `arguments that no page could show are not asked about`() async throws {
        let many = "{" + (0..<1000).map { #""argument\#($0)": \#($0)"# }.joined(separator: ",") + "}"
        let pages = PagesInMemory()
        let outcome = try await call(Provider(), pages: pages, many)
        #expect(error(outcome)?.code == .approvalRequired && error(outcome)?.approvalURL == nil)
        #expect(pages.asked.isEmpty)
    }
}
