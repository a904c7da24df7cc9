package import GatewayCore

/// What the authorization server did or refused; for the operator and for the audit.
package struct AuthorizationEvent: Hashable, Sendable {
    /// What happened.
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        case clientRegistered = "client_registered"
        case loginSucceeded = "login_succeeded"
        case loginFailed = "login_failed"
        case noRole = "no_role"
        case granted
        case refreshed
        case refused
        /// A code or refresh token was used again, and its grant ended.
        case reuse
        case revoked
        /// Somebody made another login theirs, or could not, or gave one up.
        case loginLinked = "login_linked"
        case linkRefused = "link_refused"
        case loginUnlinked = "login_unlinked"
        case accountClosed = "account_closed"
        case stateUnavailable = "state_unavailable"
        case clientDocumentRefused = "client_document_refused"
        /// A person answered for a call of theirs.
        case callApproved = "call_approved"
        case callRefused = "call_refused"
        /// Somebody opened the page of another's call.
        case callNotTheirs = "call_not_theirs"
        /// A request to a source was made for somebody, or could not be as somebody refused what was shown.
        case actedAtSource = "acted_at_source"
        case credentialRefused = "credential_refused"
        /// Somebody gave a token for a source, or took it back.
        case tokenGiven = "token_given"
        case tokenRemoved = "token_removed"
    }

    package let kind: Kind
    package let client: String?
    package let provider: String?
    package let grant: String?
    /// Why, in words of our own or of an error of ours: never what a stranger wrote.
    package let detail: String?

    package init(
        _ kind: Kind,
        client: String? = nil,
        provider: String? = nil,
        grant: String? = nil,
        detail: String? = nil
    ) {
        self.kind = kind
        self.client = client
        self.provider = provider
        self.grant = grant
        self.detail = detail
    }
}

/// Hears of events.
package protocol AuthorizationReporting: Sendable {
    func report(_ event: AuthorizationEvent)

    /// What belongs in the audit trail.
    func report(_ act: AuditedAct)
}

extension AuthorizationReporting {
    /// Does nothing: for those who keep no trail.
    package func report(_ act: AuditedAct) {}
}
