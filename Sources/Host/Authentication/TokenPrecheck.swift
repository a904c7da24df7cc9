import GatewayCore
import JSON
import Sealing

/// Reads a token as far as it can be read without its issuer's keys, so that nothing is fetched for a bad one.
///
/// Of the header only `alg`, `kid`, `typ` and what forbids the token are looked at; keys and URLs in it (`jwk`, `jku`,
/// `x5c`, `x5u`) never are.
struct TokenPrecheck: Sendable {
    /// The deepest nesting of header and claims.
    static let depth = 32
    /// The longest `kid`, in bytes.
    static let longestKeyID = 255

    private let records: [[UInt8]: IssuerRecord]

    init(_ records: [IssuerRecord]) {
        var table: [[UInt8]: IssuerRecord] = [:]
        for record in records {
            for issuer in record.issuers {
                table[Array(issuer.utf8)] = record
            }
        }
        self.records = table
    }

    /// Checks a token in the compact form (RFC 7515 section 7.1).
    func check(_ token: [UInt8]) throws(TokenRefusal) -> CheckedToken {
        try check(try read(token))
    }

    /// Whether a token has the parts of a signed one, be they as they may.
    static func looksSigned(_ token: [UInt8]) -> Bool {
        token.count { $0 == UInt8(ascii: ".") } == 2
    }

    /// Reads a token and finds its issuer.
    func read(_ token: [UInt8]) throws(TokenRefusal) -> ReadToken {
        let parts = token.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 3, parts.allSatisfy({ !$0.isEmpty }) else { throw .malformed }
        guard let signature = Base64URL.decode(parts[2]) else { throw .malformed }
        let header = try object(parts[0])
        let claims = try object(parts[1])
        try refuseForbidden(header)
        guard let issuer = claims["iss"]?.string else { throw .claims }
        guard let record = records[Array(issuer.utf8)] else { throw .unknownIssuer }
        return ReadToken(
            issuer: issuer,
            record: record,
            header: header,
            claims: claims,
            signedBytes: Array(token[parts[0].startIndex..<parts[1].endIndex]),
            signature: signature
        )
    }

    /// Checks what a token's issuer has rules for.
    func check(_ token: ReadToken) throws(TokenRefusal) -> CheckedToken {
        let type = try optionalText(token.header, "typ")
        guard token.record.profile.allows(headerType: type) else { throw .notAccessToken }
        let algorithm = try algorithm(of: token.header, record: token.record)
        guard algorithm.signatureLength.map({ $0 == token.signature.count }) ?? true else { throw .signature }
        let keyID = try optionalText(token.header, "kid")
        guard keyID.map({ (1...Self.longestKeyID).contains($0.utf8.count) }) ?? true else { throw .malformed }
        return CheckedToken(
            issuer: token.issuer,
            record: token.record,
            algorithm: algorithm,
            keyID: keyID,
            type: type,
            signedBytes: token.signedBytes,
            signature: token.signature,
            claims: token.claims
        )
    }

    private func object(_ part: ArraySlice<UInt8>) throws(TokenRefusal) -> JSONNode {
        guard let text = Base64URL.decode(part),
            let document = try? JSONDocument(parsing: text, limits: JSONLimits(depth: Self.depth, bytes: text.count)),
            document.root.kind == .object
        else { throw .malformed }
        return document.root
    }

    /// Extensions, detached or compressed payloads, tokens inside tokens, encryption.
    private func refuseForbidden(_ header: JSONNode) throws(TokenRefusal) {
        for name in ["crit", "b64", "zip", "enc", "cty"] where header[name] != nil {
            throw .malformed
        }
    }

    private func algorithm(of header: JSONNode, record: IssuerRecord) throws(TokenRefusal) -> SigningAlgorithm {
        guard let name = header["alg"]?.string, let algorithm = SigningAlgorithm(rawValue: name),
            record.algorithms.contains(algorithm)
        else { throw .algorithm }
        return algorithm
    }

    private func optionalText(_ header: JSONNode, _ name: String) throws(TokenRefusal) -> String? {
        guard let node = header[name] else { return nil }
        guard let text = node.string else { throw .malformed }
        return text
    }
}
