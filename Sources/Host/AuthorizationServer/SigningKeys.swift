package import GatewayCore
package import GatewayState
import JSON
import Sealing

/// The keys of the gateway's own tokens: kept in its state, changed as `KeyRotation` says.
package actor SigningKeys {
    /// How long the keys are believed to be all there are, in seconds; another gateway may make one.
    private static let freshness: Int64 = 30

    private struct Loaded {
        let records: [SigningKeyRecord]
        let keySet: [UInt8]
        let at: Int64
    }

    private let store: StateStore
    private let clock: any WallClock
    private let rotation: KeyRotation
    private var loaded: Loaded?
    /// How often the keys were said to have changed: what was read before is not kept.
    private var changes = 0

    package init(store: StateStore, clock: any WallClock, lifetimes: AuthorizationLifetimes) {
        self.store = store
        self.clock = clock
        rotation = KeyRotation(period: lifetimes.signingKey, tokenLifetime: lifetimes.accessToken)
    }

    /// The key that signs now, with its `kid`.
    func signer() async throws(StateError) -> (id: String, key: ES256Key) {
        let records = try await current().records
        guard let record = rotation.current(records, at: clock.now), let key = ES256Key(secret: record.secret) else {
            throw .failed(detail: "there is no key that signs")
        }
        return (record.id, key)
    }

    /// The JWK set of all public keys (RFC 7517), as JSON text.
    package func keySet() async throws(StateError) -> [UInt8] { try await current().keySet }

    /// Goes by what the state says now: somebody changed the keys.
    package func reload() async {
        changes += 1
        loaded = loaded.map { Loaded(records: $0.records, keySet: $0.keySet, at: $0.at - Self.freshness) }
        _ = try? await current()
    }

    private func current() async throws(StateError) -> Loaded {
        let now = clock.now
        if let loaded, (loaded.at..<loaded.at + Self.freshness).contains(now) { return loaded }
        do throws(StateError) {
            let before = changes
            let records = try await read(at: now)
            let found = Loaded(records: records, keySet: Self.keySet(of: records), at: now)
            if changes == before { loaded = found }
            return found
        } catch {
            // What was signed before can be checked while the state does not answer.
            guard case .unreachable = error, let loaded else { throw error }
            return loaded
        }
    }

    private static func keySet(of records: [SigningKeyRecord]) -> [UInt8] {
        let keys = records.compactMap { record -> JSONValue? in
            guard let point = ES256Key(secret: record.secret)?.publicPoint else { return nil }
            return [
                "kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256", "kid": .string(record.id),
                "x": .string(point.x), "y": .string(point.y),
            ]
        }
        return JSONValue.object(JSONObject(members: [.init(name: "keys", value: .array(keys))])).serialized
    }

    private func read(at now: Int64) async throws(StateError) -> [SigningKeyRecord] {
        var records = try await store.signingKeys()
        if let begin = rotation.nextBegins(records, at: now) {
            let key = rotation.newKey(from: begin)
            try await store.add(key, knowing: Set(records.map(\.id)))
            records = try await store.signingKeys()
        }
        return records
    }
}
