import GatewayCore
import JSON

/// The public signing keys of one issuer.
struct KeySet: Sendable {
    private let keys: [VerificationKey]

    /// Reads a JWK set (RFC 7517 section 5); keys of a kind we do not use are left out.
    ///
    /// Nil when the text is not a JWK set or breaks a limit.
    init?(_ text: [UInt8], algorithms: Set<SigningAlgorithm>, limits: AuthenticationLimits) async {
        let bounds = JSONLimits(depth: TokenPrecheck.depth, bytes: limits.keySetBytes)
        guard let document = try? JSONDocument(parsing: text, limits: bounds),
            let list = document.root["keys"], list.kind == .array
        else { return nil }
        let nodes = Array(list.elements)
        guard nodes.count <= limits.keys else { return nil }
        var keys: [VerificationKey] = []
        for node in nodes {
            if let key = await VerificationKey(node, algorithms: algorithms) { keys.append(key) }
        }
        self.keys = keys
    }

    var count: Int { keys.count }

    /// Whether a key has the name; without a name, whether there is any key.
    func contains(keyID: String?) -> Bool {
        guard let keyID else { return !keys.isEmpty }
        return keys.contains { $0.keyID?.isExactly(keyID) ?? false }
    }

    /// The one key a token may be signed with.
    ///
    /// A token without `kid` is accepted only from an issuer with a single key: else keys would be tried one by one.
    func key(for token: CheckedToken) throws(TokenRefusal) -> VerificationKey {
        let named =
            if let keyID = token.keyID {
                keys.filter { $0.keyID?.isExactly(keyID) ?? false }
            } else {
                keys.count == 1 ? keys : []
            }
        guard !named.isEmpty else { throw .unknownKey }
        let fitting = named.filter { $0.supports(token.algorithm) }
        guard fitting.count == 1 else { throw fitting.isEmpty ? .algorithm : .unknownKey }
        return fitting[0]
    }
}
