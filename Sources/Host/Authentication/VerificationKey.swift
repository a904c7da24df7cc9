import FoundationEssentials
import JSON
import JWTKit
import Sealing

/// One public key of an issuer with what it may verify.
struct VerificationKey: Sendable {
    /// The most bits an RSA key may have: larger ones only cost time.
    static let largestRSAKey = 8192

    let keyID: String?
    private let verifiers: [SigningAlgorithm: any JWTAlgorithm]

    /// Reads a JWK (RFC 7517); nil when it is not a public signing key for one of the algorithms.
    init?(_ node: JSONNode, algorithms: Set<SigningAlgorithm>) async {
        guard node.kind == .object, Self.isForVerification(node), let candidates = Self.algorithms(of: node) else {
            return nil
        }
        if let identifier = node["kid"], identifier.string == nil { return nil }
        keyID = node["kid"]?.string
        var verifiers: [SigningAlgorithm: any JWTAlgorithm] = [:]
        for algorithm in candidates.intersection(algorithms) {
            if let jwk = Self.publicKey(node, algorithm), let verifier = await Self.verifier(jwk) {
                verifiers[algorithm] = verifier
            }
        }
        guard !verifiers.isEmpty else { return nil }
        self.verifiers = verifiers
    }

    func supports(_ algorithm: SigningAlgorithm) -> Bool {
        verifiers[algorithm] != nil
    }

    /// Whether the signature over the bytes is this key's.
    func verify(_ signature: [UInt8], over bytes: [UInt8], by algorithm: SigningAlgorithm) -> Bool {
        guard let verifier = verifiers[algorithm] else { return false }
        return (try? verifier.verify(signature, signs: bytes)) ?? false
    }

    /// Whether `use` and `key_ops` allow what is done with the key here.
    private static func isForVerification(_ node: JSONNode) -> Bool {
        if let use = node["use"], !use.isString("sig") { return false }
        guard let operations = node["key_ops"] else { return true }
        return operations.elements.contains { $0.isString("verify") }
    }

    /// The algorithms that fit the type of the key, or the one it is meant for.
    private static func algorithms(of node: JSONNode) -> Set<SigningAlgorithm>? {
        let fitting: Set<SigningAlgorithm>
        switch (node["kty"]?.string, node["crv"]?.string) {
        case ("RSA", _): fitting = [.rs256, .rs384, .rs512, .ps256, .ps384, .ps512]
        case ("EC", "P-256"): fitting = [.es256]
        case ("EC", "P-384"): fitting = [.es384]
        case ("EC", "P-521"): fitting = [.es512]
        case ("OKP", "Ed25519"): fitting = [.edDSA]
        default: return nil
        }
        guard let declared = node["alg"] else { return fitting }
        guard let name = declared.string else { return nil }
        // RFC 9864 gives EdDSA with this curve a name of its own.
        let algorithm = name == "Ed25519" ? SigningAlgorithm.edDSA : SigningAlgorithm(rawValue: name)
        return algorithm.map { fitting.intersection([$0]) }
    }

    /// The public members only: a private key that an issuer publishes by mistake is not taken over.
    private static func publicKey(_ node: JSONNode, _ algorithm: SigningAlgorithm) -> JWK? {
        guard let meant = JWK.Algorithm(rawValue: algorithm.rawValue) else { return nil }
        let identifier = JWKIdentifier(string: "key")
        switch algorithm {
        case .rs256, .rs384, .rs512, .ps256, .ps384, .ps512:
            guard let modulus = number(node["n"]), let exponent = number(node["e"]),
                let bytes = Base64URL.decode(modulus.utf8), bytes.count * 8 <= largestRSAKey
            else { return nil }
            return .rsa(meant, identifier: identifier, modulus: modulus, exponent: exponent)
        case .es256, .es384, .es512:
            guard let x = number(node["x"]), let y = number(node["y"]),
                let curve = node["crv"]?.string.flatMap(ECDSACurve.init(rawValue:))
            else { return nil }
            return .ecdsa(meant, identifier: identifier, x: x, y: y, curve: curve)
        case .edDSA:
            guard let x = number(node["x"]) else { return nil }
            return .octetKeyPair(meant, identifier: identifier, x: x, y: nil, curve: .ed25519)
        }
    }

    private static func number(_ node: JSONNode?) -> String? {
        guard let text = node?.string, !text.isEmpty, Base64URL.decode(text.utf8) != nil else { return nil }
        return text
    }

    /// Refuses RSA keys of less than 2048 bits and points that are not on their curve.
    private static func verifier(_ jwk: JWK) async -> (any JWTAlgorithm)? {
        let collection = JWTKeyCollection()
        guard (try? await collection.add(jwk: jwk)) != nil else { return nil }
        return try? await collection.getKey(for: jwk.keyIdentifier, alg: jwk.algorithm?.rawValue)
    }
}
