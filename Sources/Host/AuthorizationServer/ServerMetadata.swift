import JSON

/// The authorization server's description of itself (RFC 8414, OpenID Connect Discovery).
///
/// Names more than one kind of client expects, so that each finds its own: without `none` among the methods, or without
/// `code_challenge_methods_supported`, some refuse to go on.
package struct ServerMetadata: Sendable {
    /// The document as JSON text.
    package let bytes: [UInt8]

    package init(_ settings: AuthorizationSettings) {
        let issuer = settings.issuer
        var members: [(String, JSONValue)] = [
            ("issuer", .string(issuer)),
            ("authorization_endpoint", .string(issuer + "/authorize")),
            ("token_endpoint", .string(issuer + "/token")),
            ("revocation_endpoint", .string(issuer + "/revoke")),
            ("device_authorization_endpoint", .string(issuer + "/device_authorization")),
            ("jwks_uri", .string(issuer + "/jwks.json")),
        ]
        if settings.allowsRegistration { members.append(("registration_endpoint", .string(issuer + "/register"))) }
        // A short list: some clients ask for all of it, and more is found where it is needed.
        let scopes = settings.scopes.baseline + ["offline_access"]
        let methods = Self.words(["none", "client_secret_post", "client_secret_basic", "private_key_jwt"])
        let algorithms = Self.words(["ES256", "RS256", "PS256", "EdDSA"])
        members += [
            ("scopes_supported", Self.words(scopes)),
            ("response_types_supported", ["code"]),
            ("response_modes_supported", ["query"]),
            ("grant_types_supported", Self.words(TokenRequest.Kind.allCases.map(\.rawValue))),
            ("code_challenge_methods_supported", ["S256"]),
            ("token_endpoint_auth_methods_supported", methods),
            ("token_endpoint_auth_signing_alg_values_supported", algorithms),
            ("revocation_endpoint_auth_methods_supported", methods),
            ("revocation_endpoint_auth_signing_alg_values_supported", algorithms),
            ("authorization_response_iss_parameter_supported", true),
            ("client_id_metadata_document_supported", .bool(settings.allowsDocuments)),
            ("protected_resources", .array([.string(settings.resource)])),
            // What readers of OpenID configurations look for; no ID tokens are issued.
            ("subject_types_supported", ["public"]),
            ("id_token_signing_alg_values_supported", ["ES256"]),
            ("request_parameter_supported", false),
            ("request_uri_parameter_supported", false),
        ]
        bytes = JSONValue.object(JSONObject(members: members.map { .init(name: $0.0, value: $0.1) })).serialized
    }

    private static func words(_ words: [String]) -> JSONValue { .array(words.map(JSONValue.string)) }
}
