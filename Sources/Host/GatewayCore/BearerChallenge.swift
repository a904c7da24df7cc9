/// Builds the values of `WWW-Authenticate` (RFC 6750 section 3, RFC 9728 section 5.1, RFC 9470 section 3).
package struct BearerChallenge: Hashable, Sendable {
    /// The absolute URL of the protected resource metadata.
    package let metadataURL: String
    /// What a client should ask for when it knows nothing else.
    package let baselineScopes: [String]

    package init(metadataURL: String, baselineScopes: [String]) {
        self.metadataURL = metadataURL
        self.baselineScopes = baselineScopes
    }

    /// For a 401 to a request without a token.
    ///
    /// No `error`: the client did nothing wrong (RFC 6750 section 3.1).
    package var missingToken: String {
        Self.value([("resource_metadata", metadataURL), ("scope", Self.list(baselineScopes))])
    }

    /// For a 401 to a token that is not accepted.
    package func invalidToken(_ refusal: TokenRefusal) -> String {
        Self.value([
            ("error", "invalid_token"),
            ("error_description", refusal.errorDescription),
            ("resource_metadata", metadataURL),
            ("scope", Self.list(baselineScopes)),
        ])
    }

    /// For a 403 to a token that is good but not good enough.
    ///
    /// A login that is too old is named first: with a fresh login the client asks for the scopes too.
    package func insufficient(_ stepUp: StepUp) -> String {
        guard let age = stepUp.maximumAuthenticationAge else {
            return Self.value([
                ("error", "insufficient_scope"),
                ("error_description", "The call needs more scopes."),
                ("scope", Self.list(stepUp.scopes)),
                ("resource_metadata", metadataURL),
            ])
        }
        return Self.value([
            ("error", "insufficient_user_authentication"),
            ("error_description", "The call needs a more recent login."),
            ("max_age", String(age)),
            ("scope", Self.list(stepUp.scopes)),
            ("resource_metadata", metadataURL),
        ])
    }

    private static func list(_ scopes: [String]) -> String {
        scopes.joined(separator: " ")
    }

    /// Parameters with an empty value are left out.
    private static func value(_ parameters: [(name: String, value: String)]) -> String {
        let written = parameters.filter { !$0.value.isEmpty }.map { "\($0.name)=\(quoted($0.value))" }
        return written.isEmpty ? "Bearer" : "Bearer " + written.joined(separator: ", ")
    }

    /// A quoted string (RFC 9110 section 5.6.4); what could end the field or is not ASCII is left out.
    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars where (0x20...0x7E).contains(scalar.value) {
            if scalar == "\"" || scalar == "\\" { quoted += "\\" }
            quoted.unicodeScalars.append(scalar)
        }
        return quoted + "\""
    }
}
