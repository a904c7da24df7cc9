import CryptoExtras
import FoundationEssentials
import JSON
import JWTKit
import Sealing
import Testing

/// A private key of a test issuer with its JWK.
struct SigningKey: Sendable {
    let algorithm: String
    let jwk: JSONValue
    private let signer: any JWTAlgorithm

    func sign(_ text: String) throws -> [UInt8] {
        try signer.sign(Array(text.utf8))
    }

    static func es256(_ keyID: String?, extra: JSONValue = [:]) async throws -> SigningKey {
        let key = ES256PrivateKey()
        let collection = JWTKeyCollection()
        await collection.add(ecdsa: key)
        let parameters = try #require(key.parameters)
        let jwk = try member(
            ["kty": "EC", "crv": "P-256", "x": coordinate(parameters.x), "y": coordinate(parameters.y)],
            keyID,
            extra
        )
        return SigningKey(algorithm: "ES256", jwk: jwk, signer: try await collection.getKey())
    }

    static func edDSA(_ keyID: String?) async throws -> SigningKey {
        let key = try EdDSA.PrivateKey()
        let collection = JWTKeyCollection()
        await collection.add(eddsa: key)
        let x = JSONValue.string(Base64URL.encode(Array(key.publicKey.rawRepresentation)))
        let jwk = try member(["kty": "OKP", "crv": "Ed25519", "x": x], keyID, [:])
        return SigningKey(algorithm: "EdDSA", jwk: jwk, signer: try await collection.getKey())
    }

    /// The same RSA key for `RS256` and `PS256`.
    static func rsa(_ keyID: String?, extra: JSONValue = [:]) async throws -> (rs: SigningKey, ps: SigningKey) {
        let key = try Insecure.RSA.PrivateKey(backing: .init(keySize: .bits2048))
        let numbers = try key.publicKey.getKeyPrimitives()
        let jwk = try member(
            [
                "kty": "RSA", "n": .string(Base64URL.encode(Array(numbers.modulus))),
                "e": .string(Base64URL.encode(Array(numbers.publicExponent))),
            ],
            keyID,
            extra
        )
        let plain = JWTKeyCollection()
        await plain.add(rsa: key, digestAlgorithm: .sha256)
        let probabilistic = JWTKeyCollection()
        await probabilistic.add(pss: key, digestAlgorithm: .sha256)
        return (
            SigningKey(algorithm: "RS256", jwk: jwk, signer: try await plain.getKey()),
            SigningKey(algorithm: "PS256", jwk: jwk, signer: try await probabilistic.getKey())
        )
    }

    /// What an attacker does who takes public text for a shared secret.
    static func hmac(_ secret: [UInt8]) async throws -> SigningKey {
        let collection = JWTKeyCollection()
        await collection.add(hmac: .init(from: secret), digestAlgorithm: .sha256)
        return SigningKey(algorithm: "HS256", jwk: [:], signer: try await collection.getKey())
    }

    private static func coordinate(_ base64: String) throws -> JSONValue {
        .string(Base64URL.encode(Array(try #require(Data(base64Encoded: base64)))))
    }

    private static func member(_ jwk: JSONValue, _ keyID: String?, _ extra: JSONValue) throws -> JSONValue {
        var object = try #require(jwk.object)
        object["kid"] = keyID.map(JSONValue.string)
        for member in try #require(extra.object).members { object[member.name] = member.value }
        return .object(object)
    }
}
