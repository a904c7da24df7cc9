import Catalog
import GatewayCore
import JSON
import Testing

@Suite("What a plugin is told of its caller's tools")
struct ToolServicesTests {
    /// Decides as it is told.
    private struct FixedPolicy: PolicyDeciding {
        let decisions: [String: PolicyDecision]

        func decision(on item: ItemReference, for principal: Principal) -> PolicyDecision {
            principal.subject == "alice" ? decisions[item.localName] ?? .hidden : .hidden
        }

        func visibility(for principal: Principal) -> Visibility { Visibility([]) }
    }

    private let catalog = Catalog(
        CatalogSnapshot([
            contribution("epic", ["b", "a", "hidden", "blocked", "denied", "challenged", "asked"].map { tool($0) }),
            contribution("rubin", [tool("a")]),
        ]),
        policy: FixedPolicy(decisions: [
            "a": .allowed, "b": .allowed, "asked": .needsConsent, "blocked": .blocked,
            "denied": .denied(missingRoles: ["operator"]), "challenged": .challenge(StepUp(scopes: ["epic:write"])),
        ])
    )

    private func ask(
        _ operation: String = "tools.callable",
        in namespace: String = "epic",
        by principal: Principal? = alice,
        isSource: Bool = false,
        of catalog: Catalog?
    ) async throws -> (status: PluginStatus, body: JSONValue) {
        let parent = principal.map { principal in
            ServiceParent(requestID: RequestID(), principal: principal, call: 1, isSource: isSource)
        }
        let reply = await ToolServices(namespace: namespace) { catalog }.serve(
            ServiceRequest(operation: operation, body: Array("{}".utf8), parent: parent, deadline: .after(.seconds(60)))
        )
        return (reply.status, try JSONValue(parsing: reply.body))
    }

    @Test func `they are those of its own that the caller may call`() async throws {
        let answer = try await ask(of: catalog)
        #expect(answer.status == .ok)
        #expect(answer.body == ["tools": ["a", "asked", "b"]])
        #expect(try await ask(in: "rubin", of: catalog).body == ["tools": ["a"]])
        let bob = Principal(issuer: "i", subject: "bob")
        #expect(try await ask(by: bob, of: catalog).body == ["tools": []])
        #expect(try await ask(in: "unknown", of: catalog).body == ["tools": []])
    }

    @Test func `nobody's request has none, and before there is a catalog nobody knows`() async throws {
        #expect(try await ask(by: nil, of: catalog).status == .invalidArgument)
        #expect(try await ask(isSource: true, of: catalog).status == .invalidArgument)
        #expect(try await ask(of: nil).status == .unavailable)
        #expect(try await ask("tools.all", of: catalog).status == .unsupported)
    }
}
