package import GatewayCore
package import GatewayState

/// Changes the signing keys at once, because the present ones may be in the wrong hands.
///
/// Unlike a routine change nothing is announced: every gateway on the state signs with the new key within a second.
package struct EmergencyRotation: Sendable {
    /// How much longer than its tokens a key that signed until now is published, in seconds: for gateways that have not
    /// heard of the change yet, and clocks that differ.
    private static let grace: Int64 = 120

    private let store: StateStore
    private let clock: any WallClock
    private let rotation: KeyRotation

    package init(store: StateStore, clock: any WallClock, lifetimes: AuthorizationLifetimes) {
        self.store = store
        self.clock = clock
        rotation = KeyRotation(period: lifetimes.signingKey, tokenLifetime: lifetimes.accessToken)
    }

    /// Puts a new key in the place of all others.
    ///
    /// What the old ones signed holds until it expires, unless everything is revoked: then nothing that was given out or
    /// begun until now holds.
    /// - Returns: the `kid` of the new key.
    package func run(
        revokingEverything: Bool,
        by operatorName: String,
        reason: String
    ) async throws(StateError)
        -> String
    {
        let now = clock.now
        let key = rotation.newKey(from: revokingEverything ? now : now + 1)
        let act = OperatorActRecord(
            id: Secret.identifier(),
            name: .keysRotated,
            details: [
                "by": operatorName, "reason": reason, "key": key.id,
                "revoke_all": revokingEverything ? "true" : "false",
            ],
            performedAt: now
        )
        if revokingEverything {
            try await store.revokeEverything(signingFromNowOnWith: key, act)
        } else {
            try await store.replaceSigningKeys(with: key, retiring: now + rotation.tokenLifetime + Self.grace, act)
        }
        return key.id
    }
}
