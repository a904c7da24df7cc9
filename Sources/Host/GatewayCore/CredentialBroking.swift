/// Gets what a source wants to see of a caller: never the caller's own token, always one that was made for the source or
/// for the gateway.
package protocol CredentialBroking: Sendable {
    /// The credential for one request; nil where it goes out with what the operator configured alone.
    ///
    /// Every credential that is given out is noted in the audit trail.
    /// - Throws: `CredentialRefusal` when there is none, with what the caller can do about it.
    func credential(for use: CredentialUse) async throws(CredentialRefusal) -> SourceCredential?

    /// What to tell of a credential that a source did not take, and neither the one that replaced it.
    func refusal(of credential: SourceCredential, at source: String) -> CredentialRefusal
}

/// As whom a request to a source is made.
package enum SourceActor: Hashable, Sendable {
    /// As the source's configuration says: the caller where it acts for callers.
    case configured
    /// The caller, or not at all.
    case user
    /// The gateway.
    case service
}

/// One request for which a credential is wanted.
package struct CredentialUse: Sendable {
    /// The source, as the configuration calls it.
    package let source: String
    /// Whose plugin asks.
    package let namespace: String
    /// On whose behalf; nil when the plugin acts for itself.
    package let caller: Principal?
    package let actor: SourceActor
    /// Whether the request changes nothing (RFC 9110 section 9.2.1).
    package let isSafe: Bool
    package let requestID: RequestID?
    /// The credential that the source did not take just now, and that is to be replaced.
    package let refused: SourceCredential?

    package init(
        source: String,
        namespace: String,
        caller: Principal?,
        actor: SourceActor = .configured,
        isSafe: Bool = true,
        requestID: RequestID? = nil,
        refused: SourceCredential? = nil
    ) {
        self.source = source
        self.namespace = namespace
        self.caller = caller
        self.actor = actor
        self.isSafe = isSafe
        self.requestID = requestID
        self.refused = refused
    }
}

/// What is sent to a source so that it knows for whom a request is.
package struct SourceCredential: Hashable, Sendable {
    /// The field as it is sent.
    package let field: HTTPField
    /// The secret part of its value.
    package let token: String
    /// Which of the source's ways it came by.
    package let way: Int

    package init(field: HTTPField, token: String, way: Int) {
        self.field = field
        self.token = token
        self.way = way
    }
}

/// Why a source cannot be asked for a caller.
package struct CredentialRefusal: Error, Hashable, Sendable {
    package enum Reason: Hashable, Sendable {
        /// The caller has not logged in where the source wants them to.
        case notLinked
        /// They have, and it is over.
        case expired
        /// They have given no token for the source, or one that is over.
        case noToken
        /// The source, or who gives tokens for it, does not accept what there is.
        case refused
        /// The caller is no person who could log in.
        case noPerson
        /// The gateway's own account only reads there.
        case onlyReads
        /// Who gives the tokens does not answer.
        case unavailable
    }

    package let reason: Reason
    /// What the login or the service is called for people.
    package let label: String
    /// The page of the gateway on which the caller can mend it; nil when they cannot.
    package let page: String?

    package init(_ reason: Reason, label: String, page: String? = nil) {
        self.reason = reason
        self.label = label
        self.page = page
    }

    /// What the caller is told.
    package var error: GatewayError {
        switch reason {
        case .unavailable:
            GatewayError(
                code,
                "The login of \(label), with which this is done for you, does not answer.",
                hint: "Try again in a moment.",
                retryAfterMilliseconds: 5000
            )
        default: GatewayError(code, sentence, hint: hint)
        }
    }

    package var code: ErrorCode { reason == .unavailable ? .unavailable : .forbidden }

    /// What is missing, in a sentence for people.
    package var sentence: String {
        switch reason {
        case .notLinked: "This is done for you with your login of \(label), and you have not linked it here."
        case .expired: "This is done for you with your login of \(label), and that login has ended."
        case .noToken: "This is done for you with a token of yours for \(label), and there is none."
        case .refused: "\(label) did not accept what stands for you."
        case .noPerson: "This is done for a person by their login of \(label), and you call without one."
        case .onlyReads: "With the gateway's own account at \(label) nothing is changed."
        case .unavailable: error.message
        }
    }

    private var hint: String? {
        guard let page else {
            switch reason {
            case .noPerson: return "Log in as a person, not as a program."
            case .onlyReads: return "Ask for something that only reads."
            default: return "Ask the operators of the gateway."
            }
        }
        switch reason {
        case .notLinked: return "Link the login at \(page), then call again."
        case .expired: return "Log in there again at \(page), then call again."
        case .noToken: return "Give one at \(page), then call again."
        default: return "Renew it at \(page), then call again."
        }
    }
}
