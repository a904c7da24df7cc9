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

    /// A need in local words, as plugins say it.
    init(_ need: AuthNeed, namespace: String, hierarchy: ScopeHierarchy) {
        self.init(outside: need.outside(of: namespace), namespace: namespace, hierarchy: hierarchy)
    }

    /// A need in outside words, as the site says it.
    init(outside need: AuthNeed, namespace: String, hierarchy: ScopeHierarchy) {
        anyRole = need.anyRole
        allRoles = need.allRoles
        scopes = Set(need.scopes).sorted()
        let prefix = OutsideWord.scope("", in: namespace)
        satisfying = scopes.map { scope in
            guard scope.hasPrefix(prefix) else { return [scope] }
            return hierarchy.satisfying(String(scope.dropFirst(prefix.count))).map {
                OutsideWord.scope($0, in: namespace)
            }
        }
        maximumAuthenticationAge = need.maximumAuthenticationAge
    }

    /// Whether any role is needed.
    var namesRoles: Bool { !(anyRole.isEmpty && allRoles.isEmpty) }

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

    /// The greatest age of the login, where it is too old; nil where it is not.
    func missedAge(of principal: Principal, clock: any WallClock) -> Int? {
        isFresh(principal.authenticatedAt, clock: clock) ? nil : maximumAuthenticationAge
    }
}

extension AuthNeed {
    fileprivate func outside(of namespace: String) -> AuthNeed {
        AuthNeed(
            anyRole: anyRole.map { OutsideWord.role($0, in: namespace) },
            allRoles: allRoles.map { OutsideWord.role($0, in: namespace) },
            scopes: scopes.map { OutsideWord.scope($0, in: namespace) },
            maximumAuthenticationAge: maximumAuthenticationAge
        )
    }
}
