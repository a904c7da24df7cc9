package import GatewayCore
import GatewayState

/// Keeps in mind who must log in anew, for every gateway with the same state.
package struct LoginDemands: LoginDemanding {
    /// How long a demand waits for the login, in seconds.
    private static let lifetime: Int64 = 600

    let workshop: Workshop

    package func demand(loginOf principal: Principal, within maximumAge: Int) async {
        guard let client = principal.client else { return }
        let expiry = workshop.now + Self.lifetime
        // Without it the person can still choose to log in anew.
        try? await workshop.state { store throws(StateError) in
            try await store.demandLogin(
                issuer: principal.issuer,
                subject: principal.subject,
                client: client,
                maximumAge: Int64(maximumAge),
                until: expiry
            )
        }
    }

    /// How old the login of a session may be at most for a client, in seconds; nil for any age.
    func maximumAge(of session: BrowserSession, for client: String?) async throws(OAuthError) -> Int64? {
        guard let client else { return nil }
        let now = workshop.now
        return try await workshop.state { store throws(StateError) in
            try await store.loginDemand(issuer: session.issuer, subject: session.subject, client: client, at: now)
        }
    }
}
