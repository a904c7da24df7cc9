import GatewayCore

/// A need in outside words, with the questions about it that cost no more than a few set lookups.
struct CompiledNeed: Sendable {
    private let anyRole: [String]
    private let allRoles: [String]
    /// The scopes needed, sorted.
    let scopes: [String]
    /// For each of them the scopes any one of which is enough.
    private let satisfying: [[String]]
    private let maximumAuthenticationAge: Int?

    init(_ need: AuthNeed, namespace: String, hierarchy: ScopeHierarchy) {
        anyRole = need.anyRole.map { OutsideWord.role($0, in: namespace) }
        allRoles = need.allRoles.map { OutsideWord.role($0, in: namespace) }
        let local = Set(need.scopes).sorted()
        scopes = local.map { OutsideWord.scope($0, in: namespace) }
        satisfying = local.map { hierarchy.satisfying($0).map { OutsideWord.scope($0, in: namespace) } }
        maximumAuthenticationAge = need.maximumAuthenticationAge
    }

    func hasRoles(_ roles: Set<String>) -> Bool {
        (anyRole.isEmpty || anyRole.contains { roles.contains($0) }) && allRoles.allSatisfy { roles.contains($0) }
    }

    func hasScopes(_ scopes: Set<String>) -> Bool {
        satisfying.allSatisfy { $0.contains { scopes.contains($0) } }
    }

    /// Whether the login is recent enough; one of unknown age never is.
    func isFresh(_ authenticatedAt: Int64?, clock: any WallClock) -> Bool {
        guard let maximumAuthenticationAge else { return true }
        guard let authenticatedAt else { return false }
        return clock.now - authenticatedAt <= Int64(maximumAuthenticationAge)
    }

    func holds(for principal: Principal, clock: any WallClock) -> Bool {
        hasRoles(principal.roles) && hasScopes(principal.scopes)
            && isFresh(principal.authenticatedAt, clock: clock)
    }

    /// The roles that would help; of `anyRole` one is enough.
    func missingRoles(_ roles: Set<String>) -> [String] {
        let any = anyRole.contains { roles.contains($0) } ? [] : anyRole
        return any + allRoles.filter { !roles.contains($0) && !any.contains($0) }
    }

    /// What a better token would need: all scopes of the call, and the age only when the login is too old.
    func stepUp(for principal: Principal, clock: any WallClock) -> StepUp {
        let isFresh = isFresh(principal.authenticatedAt, clock: clock)
        return StepUp(scopes: scopes, maximumAuthenticationAge: isFresh ? nil : maximumAuthenticationAge)
    }
}
