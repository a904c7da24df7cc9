import Catalog
import GatewayCore
import JSON
import Testing

@Suite("What is offered to a person")
struct OfferTests {
    private struct Rules: PolicyDeciding {
        func decision(on item: ItemReference, for principal: Principal) -> PolicyDecision {
            switch item.localName {
            case "open", "open_picture": .allowed
            case "steer":
                principal.roles.contains("epic.operator") ? .needsConsent : .denied(missingRoles: ["epic.operator"])
            case "broken": .blocked
            default: .hidden
            }
        }

        func visibility(for principal: Principal) -> Visibility { Visibility([principal.roles.isEmpty]) }
    }

    private let catalog = Catalog(
        CatalogSnapshot([
            contribution("rubin", [tool("secret")]),
            contribution("epic", [tool("steer"), tool("secret"), tool("broken"), tool("open"), forInterfaces]),
        ]),
        policy: Rules()
    )

    private static let forInterfaces = ToolDescription(
        localName: "open_picture",
        description: "Does it.",
        inputSchema: ["type": "object"],
        meta: ["ui": ["visibility": ["app"]]]
    )

    @Test func `every experiment is named, with the tools that may be known and what may be done with them`() {
        let offers = catalog.offers(to: .anonymous)
        #expect(offers.map(\.namespace) == ["epic", "rubin"])
        #expect(
            offers[0].tools.map { "\($0.name) \($0.decision)" }
                == ["epic_broken blocked", "epic_open allowed", #"epic_steer denied(missingRoles: ["epic.operator"])"#]
        )
        #expect(offers[1].tools.isEmpty)
    }

    @Test func `a role changes what is offered to its holder`() {
        let holder = Principal(issuer: "i", subject: "s", roles: ["epic.operator"])
        #expect(catalog.offers(to: holder)[0].tools.last?.decision == .needsConsent)
    }
}
