import GatewayCore

/// Hides what the principal's roles do not name; a principal without roles sees all.
struct RolePolicy: PolicyDeciding {
    func decision(on item: ItemReference, for principal: Principal) -> PolicyDecision {
        principal.roles.isEmpty || principal.roles.contains(item.localName) ? .allowed : .hidden
    }

    func visibility(for principal: Principal) -> Visibility {
        Visibility(
            principal.roles.sorted().joined(separator: " ").utf8.flatMap { byte in (0..<8).map { byte >> $0 & 1 == 1 } }
        )
    }
}
