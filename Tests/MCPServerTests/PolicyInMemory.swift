import GatewayCore

/// Decides by the item's local name.
struct PolicyInMemory: PolicyDeciding {
    private static let open: Set = ["jobs", "note:static", "why"]

    func decision(on item: ItemReference, for principal: Principal) -> PolicyDecision {
        if principal.isAnonymous { return Self.open.contains(item.localName) ? .allowed : .hidden }
        return switch item.localName {
        case "secret", "note:secret": principal.subject == "root" ? .allowed : .hidden
        case let name where name.hasPrefix("hushed"): principal.subject == "root" ? .allowed : .hidden
        case "guarded": .denied(missingRoles: ["epic.operator"])
        case "scoped": .challenge(StepUp(scopes: ["epic:read", "epic:write"]))
        case "fresh": .challenge(StepUp(scopes: ["epic:write"], maximumAuthenticationAge: 300))
        default: .allowed
        }
    }

    func visibility(for principal: Principal) -> Visibility {
        Visibility([principal.isAnonymous, principal.subject == "root"])
    }
}
