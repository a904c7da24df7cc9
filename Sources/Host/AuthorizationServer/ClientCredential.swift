import Sealing

/// By what a client says who it is at the token endpoint (RFC 6749 section 2.3, RFC 7523 section 2.2).
package struct ClientCredential: Hashable, Sendable {
    package enum Proof: Hashable, Sendable {
        case none
        case secret(String)
        case assertion(String)
    }

    package let client: String
    package let proof: Proof

    private static let assertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"

    /// Reads the credential of a request.
    /// - Parameters:
    ///   - authorization: The values of all `Authorization` fields.
    ///   - form: The parameters in the body.
    /// - Throws: `invalid_request` for more than one way at once, `invalid_client` for none.
    package init(authorization: [String], _ form: FormParameters) throws(OAuthError) {
        let hasAssertion = form["client_assertion"] != nil || form["client_assertion_type"] != nil
        let ways = (authorization.isEmpty ? 0 : 1) + (form["client_secret"] == nil ? 0 : 1) + (hasAssertion ? 1 : 0)
        guard ways <= 1, authorization.count <= 1 else {
            throw OAuthError(.invalidRequest, "A client authenticates in one way only.")
        }
        if let value = authorization.first {
            let (id, secret) = try Self.basic(value)
            guard form["client_id"].map({ $0 == id }) ?? true else {
                throw OAuthError(.invalidRequest, "The client_id is not that of the Authorization field.")
            }
            (client, proof) = (id, .secret(secret))
        } else if hasAssertion {
            guard form["client_assertion_type"] == Self.assertionType, let assertion = form["client_assertion"] else {
                throw OAuthError(.invalidClient, "client_assertion_type is not the one of JWT bearer assertions.")
            }
            guard let id = form["client_id"] ?? Self.subject(of: assertion) else {
                throw OAuthError(.invalidClient, "The client assertion names no client.")
            }
            (client, proof) = (id, .assertion(assertion))
        } else {
            guard let id = form["client_id"] else { throw OAuthError(.invalidClient, "client_id is missing.") }
            (client, proof) = (id, form["client_secret"].map(Proof.secret) ?? .none)
        }
        guard client.utf8.count <= 2048 else { throw OAuthError(.invalidClient, "The client_id is too long.") }
    }

    /// The user and password of a `Basic` credential, each encoded as a form has it (RFC 6749 section 2.3.1).
    private static func basic(_ value: String) throws(OAuthError) -> (id: String, secret: String) {
        let parts = value.split(separator: " ")
        guard parts.count == 2, parts[0].lowercased() == "basic", let bytes = Base64Text.decode(parts[1]),
            let text = String(validating: bytes, as: UTF8.self), let colon = text.firstIndex(of: ":"),
            let id = FormParameters.decoded(text[..<colon]),
            let secret = FormParameters.decoded(text[text.index(after: colon)...]), !id.isEmpty
        else { throw OAuthError(.invalidClient, "The Authorization field is not that of a client.") }
        return (id, secret)
    }

    /// The unchecked `sub` of an assertion: only good for finding the keys it is checked with.
    private static func subject(of assertion: String) -> String? {
        UncheckedClaims.text("sub", in: assertion)
    }
}
