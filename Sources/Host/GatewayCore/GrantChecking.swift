/// Tells whether what the gateway itself granted still holds; asked at every request with a credential of its own.
package protocol GrantChecking: Sendable {
    /// Who calls with a token of the gateway's own; nil when its grant has ended, or the key that
    /// signed it was taken out of use.
    /// - Throws: when it cannot be told at the moment whether the grant holds.
    func principal(of token: GrantedToken) async throws(GrantsUnreadable) -> Principal?

    /// Who calls with a key of the gateway's own; nil when there is no such key or its account has ended.
    func principal(ofKey key: String) async -> (principal: Principal, expiresAt: Int64)?
}

/// What a token of the gateway's own says, once its signature and times are checked.
package struct GrantedToken: Hashable, Sendable {
    /// The grant it came from.
    package let grant: String
    package let client: String
    package let scopes: Set<String>
    /// The `kid` of the key that signed it.
    package let key: String

    package init(grant: String, client: String, scopes: Set<String>, key: String) {
        self.grant = grant
        self.client = client
        self.scopes = scopes
        self.key = key
    }
}

/// What the gateway granted cannot be read at the moment.
package struct GrantsUnreadable: Error, Hashable, Sendable {
    package init() {}
}
