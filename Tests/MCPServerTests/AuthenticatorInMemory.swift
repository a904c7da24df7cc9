import GatewayCore

/// Knows a few tokens by heart.
struct AuthenticatorInMemory: Authenticating {
    func authenticate(_ credentials: PresentedCredentials) async -> AuthenticationOutcome {
        if credentials.hasQueryToken || credentials.authorization.count > 1 { return .malformed }
        guard let field = credentials.authorization.first else { return .anonymous }
        guard field.hasPrefix("Bearer ") else { return .anonymous }
        switch field.dropFirst("Bearer ".count) {
        case "expired": return .refused(.expired)
        case let name:
            let principal = Principal(
                issuer: "https://issuer.example.org",
                subject: String(name),
                client: name == "program" ? String(name) : nil
            )
            // The moment it is, in these tests.
            return .principal(principal, expiresAt: name == "brief" ? 1_000_000 : 4_000_000_000)
        }
    }
}
