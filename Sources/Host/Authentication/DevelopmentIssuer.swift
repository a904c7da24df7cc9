import FoundationEssentials
package import GatewayCore
import JSON
import JWTKit
import Sealing

/// An issuer for trying the gateway on one machine: its key is made at start and dies with the server.
///
/// Whoever can read the key file can make any token, so the file is the owner's alone and the gateway must not be
/// reachable from elsewhere.
package struct DevelopmentIssuer: Sendable {
    /// The client its tokens are issued to.
    package static let client = "beamline-token"
    /// The alphabet of passwords, without what looks alike; 32 letters, so that five bits choose one.
    private static let letters = Array("abcdefghijkmnpqrstuvwxyz23456789")
    /// The longest life of its tokens, in seconds.
    package static let longestLifetime: Int64 = 86_400

    /// Its `iss`.
    package let issuer: String
    /// The `aud` of its tokens.
    package let audience: String
    /// Who may log in.
    package let user: String
    /// What the user logs in with: made anew at each start, in the key file and nowhere else.
    package let password: String
    private let keyID: String
    private let key: ES256PrivateKey
    private let keyFile: String
    private let clock: any WallClock

    private init(
        issuer: String,
        audience: String,
        user: String,
        password: String,
        keyID: String,
        key: ES256PrivateKey,
        keyFile: String,
        clock: any WallClock
    ) {
        self.issuer = issuer
        self.audience = audience
        self.user = user
        self.password = password
        self.keyID = keyID
        self.key = key
        self.keyFile = keyFile
        self.clock = clock
    }

    /// Makes a new issuer; nobody can ask it for tokens before `publish`.
    package static func create(
        issuerURL: String,
        audience: String,
        user: String = "you",
        keyFile: String,
        clock: any WallClock = SystemWallClock()
    ) throws(DevelopmentIssuerError) -> DevelopmentIssuer {
        guard LoopbackURL.isLoopback(issuerURL) else { throw .notLoopback }
        return DevelopmentIssuer(
            issuer: issuerURL,
            audience: audience,
            user: user,
            password: newPassword(),
            keyID: Base64URL.encode(RandomBytes.make(count: 12)),
            key: ES256PrivateKey(),
            keyFile: keyFile,
            clock: clock
        )
    }

    /// Sixteen letters in groups of four: 80 bits.
    private static func newPassword() -> String {
        let letters = RandomBytes.make(count: 16).map { Self.letters[Int($0 & 31)] }
        return stride(from: 0, to: letters.count, by: 4).map { String(letters[$0..<$0 + 4]) }.joined(separator: "-")
    }

    /// Writes its key file, readable by the owner only, in place of an older one.
    ///
    /// To be called once the server has its port: one that cannot start must not take the key of one that runs.
    package func publish() throws(DevelopmentIssuerError) {
        try PrivateFile(path: keyFile).write(file.serialized)
    }

    /// Reads the key file of a running gateway.
    package static func load(
        keyFile: String,
        clock: any WallClock = SystemWallClock()
    ) throws(DevelopmentIssuerError) -> DevelopmentIssuer {
        let text = try PrivateFile(path: keyFile).read()
        guard let file = try? JSONValue(parsing: text), let issuer = file["issuer"]?.string,
            let audience = file["audience"]?.string, let user = file["user"]?.string,
            let password = file["password"]?.string, let keyID = file["key_id"]?.string,
            let key = file["private_key"]?.string.flatMap({ try? ES256PrivateKey(pem: $0) })
        else { throw .badKeyFile(path: keyFile) }
        guard LoopbackURL.isLoopback(issuer) else { throw .notLoopback }
        return DevelopmentIssuer(
            issuer: issuer,
            audience: audience,
            user: user,
            password: password,
            keyID: keyID,
            key: key,
            keyFile: keyFile,
            clock: clock
        )
    }

    /// Deletes the key file, unless it meanwhile belongs to another server.
    package func remove() {
        guard let present = try? Self.load(keyFile: keyFile, clock: clock), present.keyID == keyID else { return }
        PrivateFile(path: keyFile).remove()
    }

    /// The record by which the gateway accepts its tokens.
    package var record: IssuerRecord { record(roles: []) }

    /// The same for who logs in: their groups are the names of roles.
    package func record(roles: [String]) -> IssuerRecord {
        IssuerRecord(
            id: "development",
            issuers: [issuer],
            keys: .inline(jwks: publicKeys.serialized),
            algorithms: [.es256],
            profile: .rfc9068,
            audience: [audience],
            allowedClients: [Self.client],
            maximumLifetime: Self.longestLifetime,
            // Who is made up has one name for everything.
            username: ClaimPath(["sub"]),
            roles: roles.map { RoleMapping(group: $0, role: $0) },
            verbatimRoles: ClaimPath(["roles"])
        )
    }

    /// An access token (RFC 9068).
    package func token(
        subject: String,
        roles: [String],
        scopes: [String],
        lifetime: Int64
    ) async throws(DevelopmentIssuerError) -> String {
        guard (1...Self.longestLifetime).contains(lifetime) else { throw .badLifetime(longest: Self.longestLifetime) }
        guard (1...ClaimsCheck.longestSubject).contains(subject.utf8.count),
            subject.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else { throw .badSubject }
        let now = clock.now
        let header: JSONValue = ["typ": "at+jwt", "alg": "ES256", "kid": .string(keyID)]
        let claims: JSONValue = [
            "iss": .string(issuer), "sub": .string(subject), "aud": .string(audience),
            "client_id": .string(Self.client), "iat": .integer(Int(now)), "exp": .integer(Int(now + lifetime)),
            "auth_time": .integer(Int(now)), "jti": .string(Base64URL.encode(RandomBytes.make(count: 16))),
            "scope": .string(scopes.joined(separator: " ")), "roles": .array(roles.map(JSONValue.string)),
        ]
        let signed = Base64URL.encode(header.serialized) + "." + Base64URL.encode(claims.serialized)
        return signed + "." + Base64URL.encode(try await signature(over: Array(signed.utf8)))
    }

    private func signature(over bytes: [UInt8]) async throws(DevelopmentIssuerError) -> [UInt8] {
        let collection = JWTKeyCollection()
        await collection.add(ecdsa: key)
        guard let signer = try? await collection.getKey(), let signature = try? signer.sign(bytes) else {
            throw .cannotSign
        }
        return signature
    }

    private var file: JSONValue {
        [
            "issuer": .string(issuer), "audience": .string(audience), "key_id": .string(keyID),
            "private_key": .string(key.pemRepresentation), "user": .string(user), "password": .string(password),
        ]
    }

    private var publicKeys: JSONValue {
        let coordinates = key.parameters.map { (x: Self.unpadded($0.x), y: Self.unpadded($0.y)) }
        return [
            "keys": [
                [
                    "kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256", "kid": .string(keyID),
                    "x": .string(coordinates?.x ?? ""), "y": .string(coordinates?.y ?? ""),
                ]
            ]
        ]
    }

    /// The coordinates come in the ordinary alphabet of base64, a JWK has them in the one for URLs.
    private static func unpadded(_ text: String) -> String {
        String(
            text.compactMap { character -> Character? in
                switch character {
                case "+": "-"
                case "/": "_"
                case "=": nil
                default: character
                }
            }
        )
    }
}
