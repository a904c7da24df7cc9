import Catalog
import GatewayCore
import HTTPServer
import JSON
import MCPModel
import MCPServer
import Sealing
import Synchronization

/// An endpoint with everything behind it in memory, as the transcripts assume it.
struct Gateway {
    static let challenge = BearerChallenge(
        metadataURL: publicURL.metadataURL(path: "/mcp"),
        baselineScopes: ["epic:read"]
    )
    private static let sealer = sealer(["a secret of the tests, long enough"])
    /// What `change` has added to `epic`, and the prompts it has added to `atlas`.
    private final class Added: Sendable {
        let tools = Mutex<[ToolDescription]>([])
        let items = Mutex<[ItemDescription]>([])
        let prompts = Mutex<[ItemDescription]>([])
    }

    private static let publicURL = PublicURL(scheme: "https", host: "gw.example.org", prefix: "/gw")

    let endpoint: Endpoint
    let catalog: Catalog
    let sessions: SessionStore
    let hub = SubscriptionHub()
    let failures = RecordedFailures()
    let clock = ManualClock()
    let audit = RecordedAudit()
    let provider = ProviderInMemory()
    private let added = Added()

    init(
        isOnLoopback: Bool = false,
        views: [View] = [],
        sessionLimits: SessionStore.Limits = .init(),
        limits: JSONLimits = .standard,
        maximumInstructions: Int = 4096,
        streams: StreamLimits = StreamLimits(),
        questions: QuestionLimits = QuestionLimits(),
        sealer: Sealer? = nil,
        spent: SpentStates = SpentStates(since: 0),
        wallClock: any WallClock = FixedClock(),
        further: [CatalogContribution] = []
    ) {
        let snapshot = CatalogSnapshot(Self.contributions(provider) + further)
        catalog = Catalog(snapshot, policy: PolicyInMemory(), pageSize: 6)
        sessions = SessionStore(limits: sessionLimits, now: clock.now)
        let open = [
            View(path: "/open", namespaces: nil, isPrefixed: true, allowsAnonymous: true),
            View(path: "/bare", namespaces: ["epic"], isPrefixed: false, allowsAnonymous: true),
        ]
        let configuration = EndpointConfiguration(
            publicURL: Self.publicURL,
            views: EndpointConfiguration.defaultViews(namespaces: ["atlas", "epic"]) + open + views,
            server: Implementation(name: "beamline", version: "1.0", title: "Test gateway"),
            resourceMetadata: ProtectedResourceMetadata(
                resource: Self.publicURL.text + "/mcp",
                authorizationServers: ["https://issuer.example.org"],
                scopesSupported: ["epic:read"],
                resourceName: "Test gateway"
            ),
            allowedHosts: ["inner.example.org"],
            allowedOrigins: ["https://pages.example.org"],
            isOnLoopback: isOnLoopback,
            messageLimits: limits,
            maximumBatch: 6,
            maximumInstructions: maximumInstructions,
            streams: streams,
            questions: questions
        )
        let pipeline = CallPipeline(routing: catalog, policy: PolicyInMemory(), audit: audit)
        endpoint = Endpoint(
            configuration,
            tools: catalog,
            items: catalog,
            pipeline: pipeline,
            itemPipeline: ItemPipeline(
                routing: catalog,
                policy: PolicyInMemory(),
                audit: audit,
                limits: CallLimits(),
                admission: pipeline.admission
            ),
            authenticator: AuthenticatorInMemory(),
            challenge: Self.challenge,
            sessions: sessions,
            hub: hub,
            sealer: sealer ?? Self.sealer,
            spent: spent,
            itemRouting: catalog,
            policy: PolicyInMemory(),
            clock: wallClock,
            failures: failures
        )
    }

    /// What seals with the first of some secrets, of at least 32 bytes each.
    static func sealer(_ secrets: [String]) -> Sealer {
        guard let sealer = Sealer(secrets: secrets.map { Array($0.utf8) }) else {
            preconditionFailure("a secret is too short")
        }
        return sealer
    }

    /// Sends a request with the fields every well-behaved client sends, others added or replaced.
    func send(
        _ body: String = "",
        method: String = "POST",
        path: String = "/mcp",
        _ fields: [String: String] = [:],
        over exchange: ExchangeInMemory = ExchangeInMemory()
    ) async throws -> HTTPResponse {
        var all = ["Host": "gw.example.org", "Content-Type": "application/json", "Authorization": "Bearer alice"]
        all.merge(fields) { _, new in new }
        let response = await endpoint.respond(
            to: HTTPRequest(
                method: method,
                path: path,
                headers: HTTPHeaderFields(all.map { HTTPField($0.key, $0.value) }),
                body: Array(body.utf8),
                remoteAddress: "192.0.2.1"
            )
        )
        return try await exchange.answer(response)
    }

    /// The input of a tool whose clients repeat parts of it in header fields.
    private static let repeated: JSONValue = [
        "type": "object",
        "properties": [
            "site": ["type": "string", "x-mcp-header": "Site"],
            "page": [
                "type": "object",
                "properties": [
                    "size": ["type": "integer", "x-mcp-header": "Page-Size"],
                    "whole": ["type": "boolean", "x-mcp-header": "Whole"],
                ],
            ],
        ],
    ]

    /// Makes something another: a list of `epic` ("tools", "resources", "prompts"), what nobody but root sees of the tools
    /// ("hidden"), the prompts of `atlas`, which has none before ("first prompt"), a resource by its local address, or the
    /// streams themselves ("end").
    func change(_ what: String) {
        let tool: (String) -> ToolDescription = { name in
            ToolDescription(localName: name, description: "New.", inputSchema: ["type": "object"])
        }
        let number = added.tools.withLock { $0.count } + added.items.withLock { $0.count }
        switch what {
        case "tools": add(tool("new\(number)"))
        case "hidden": add(tool("hushed\(number)"))
        case "resources": add(ItemDescription(kind: .resource, localName: "note:new\(number)"))
        case "prompts": add(ItemDescription(kind: .prompt, localName: "new\(number)"))
        case "first prompt":
            added.prompts.withLock { $0.append(ItemDescription(kind: .prompt, localName: "why")) }
            refresh("atlas")
        case "end": hub.endAll()
        default: hub.tellUpdate(of: what, in: "epic")
        }
    }

    private func add(_ tool: ToolDescription) {
        added.tools.withLock { $0.append(tool) }
        refresh("epic")
    }

    private func add(_ item: ItemDescription) {
        added.items.withLock { $0.append(item) }
        refresh("epic")
    }

    private func refresh(_ namespace: String) {
        let snapshot = CatalogSnapshot(Self.contributions(provider, and: added))
        hub.telling(of: namespace, { catalog.fingerprint(of: $0, in: $1, for: $2) }) { catalog.replace(with: snapshot) }
    }

    private static func contributions(
        _ provider: ProviderInMemory,
        and added: Added = Added()
    ) -> [CatalogContribution] {
        let names = ["jobs", "count", "link", "busy", "broken", "guarded", "scoped", "fresh", "secret"]
        let jobs = ToolDescription(
            localName: "jobs",
            title: "Jobs",
            description: "Jobs of the experiment.",
            inputSchema: ["type": "object", "properties": ["site": ["type": "string"]]],
            outputSchema: ["type": "object"],
            annotations: ["readOnlyHint": true]
        )
        let numbers = ToolDescription(
            localName: "numbers",
            description: "Numbers.",
            inputSchema: ["type": "object"],
            outputSchema: ["type": "array", "items": ["type": "integer"]]
        )
        let plain = names.dropFirst().map { name in
            ToolDescription(
                localName: name,
                description: "Does \(name).",
                inputSchema: name == "secret" ? repeated : ["type": "object"]
            )
        }
        return [
            CatalogContribution(
                namespace: "epic",
                title: "The ePIC experiment",
                source: "epic.so",
                tools: [jobs] + plain + added.tools.withLock { $0 },
                items: ItemsInMemory.descriptions + added.items.withLock { $0 },
                provider: provider,
                itemProvider: ItemsInMemory()
            ),
            CatalogContribution(
                namespace: "atlas",
                source: "atlas.so",
                tools: [numbers, jobs],
                items: added.prompts.withLock { $0 },
                provider: provider,
                itemProvider: ItemsInMemory()
            ),
        ]
    }
}
