import JSON

extension GatewayError {
    /// The caller may know of the tool but lacks a role; no other token of the same login would help.
    static func missingRole(_ roles: [String]) -> GatewayError {
        GatewayError(
            .forbidden,
            "This tool needs one of the roles: \(roles.joined(separator: ", ")).",
            hint: "Roles follow from the groups of your collaboration's login; ask your experiment's administrators."
        )
    }

    /// The operators have taken the item out of service; why is theirs to know.
    static let blocked = GatewayError(
        .unavailable,
        "The operators of this server have blocked this for the time being.",
        hint: "Do not call it again; use another tool, or ask the operators."
    )

    /// Callers without a token only read, wherever they come from.
    static let onlyReads = GatewayError(
        .forbidden,
        "Without a token this network may only call tools that read.",
        hint: "Log in, or send the key of a service account."
    )

    /// The call needs a recent login of a person, and none is behind the caller.
    static let noPersonToLogIn = GatewayError(
        .forbidden,
        "This call needs a recent login of a person, and no person is behind the caller."
    )

    /// The client was asked for a better token more than once, and came back with one that is no better.
    static func challengedInVain(_ stepUp: StepUp) -> GatewayError {
        let need =
            stepUp.maximumAuthenticationAge.map { "a login that is at most \($0) seconds old" }
            ?? "a token with the scopes: \(stepUp.scopes.joined(separator: ", "))"
        return GatewayError(
            .forbidden,
            "This call needs \(need); the client was asked for it and came back without.",
            hint:
                "Log in again and allow what the client asks for. If that changes nothing, ask your experiment's administrators."
        )
    }

    /// A person must agree first, and there is no way to ask one: so the answer is no.
    static let approvalRequired = GatewayError(
        .approvalRequired,
        "This call starts, changes or ends something, so a person must agree to it first.",
        hint: "This client cannot ask its user (elicitation); use one that can, or the experiment's own tools."
    )

    /// A person must agree first, on a page.
    static func approvalRequired(at url: String) -> GatewayError {
        GatewayError(
            .approvalRequired,
            "This call starts, changes or ends something, so a person must agree to it first, at \(url)",
            hint: "Show the user this address. When they have agreed there, make the same call again; it is made once.",
            approvalURL: url
        )
    }

    /// No person is behind the caller, so the site must have agreed beforehand.
    static let noPersonToAgree = GatewayError(
        .approvalRequired,
        "This call starts, changes or ends something, and no person is behind the caller who could agree to it.",
        hint: "The site can allow the tool to a service account (consented_tools)."
    )

    /// A client's user was asked and did not agree; the next call asks again.
    static let notAgreed = GatewayError(.approvalRequired, "The user did not agree to this call.")

    /// A person refused the call on its page, which stands for as long as an agreement would.
    static let refusedOnPage = GatewayError(
        .forbidden,
        "The user was asked and refused this call.",
        hint: "Do not make the same call again unless the user asks for it."
    )

    /// So many calls wait for somebody to agree that one more is not kept.
    static let tooManyToApprove = GatewayError(
        .rateLimited,
        "Too many calls wait for somebody to agree to them.",
        hint: "Have the user answer an earlier one.",
        retryAfterMilliseconds: 60_000
    )

    /// What a person agreed to cannot be looked up, so nothing was agreed to.
    static let cannotRemember = GatewayError(
        .unavailable,
        "Whether somebody agreed to this call cannot be looked up at the moment.",
        hint: "Try again in a moment.",
        retryAfterMilliseconds: busyRetryMilliseconds
    )

    /// The call asks for one thing after the other.
    package static let asksTooOften = GatewayError(.unavailable, "The call asks more often than this gateway lets it.")

    /// A person must agree first, and there are more arguments than a person can be shown.
    static let tooMuchToShow = GatewayError(
        .approvalRequired,
        "A person must agree to this call first, and its arguments are more than can be shown.",
        hint: "Call with fewer arguments."
    )

    /// The tool has the user's agreement and asks for it again, which would never end.
    static let askedTwice = GatewayError(.internal, "The tool asks for what it was given.")

    /// Values are suggested while somebody types: that is no time for questions.
    static let asksAboutValues = GatewayError(.internal, "The experiment asks where nobody can answer.")

    /// All faults of the arguments at once, each with its place.
    static func invalidArguments(_ violations: [JSONSchemaViolation]) -> GatewayError {
        let faults = violations.map { violation in
            let place = violation.path.tokens.isEmpty ? "arguments" : violation.path.tokens.joined(separator: ".")
            return "\(place): \(violation.message)"
        }
        return GatewayError(.invalidArgument, faults.joined(separator: "; ") + ".")
    }

    /// The caller has as many calls running as one may have.
    static func tooManyCalls(ofPrincipal limit: Int) -> GatewayError {
        GatewayError(
            .rateLimited,
            "You have \(limit) calls running, as many as one caller may have.",
            hint: "Wait for an earlier call to end.",
            retryAfterMilliseconds: busyRetryMilliseconds
        )
    }

    /// The caller's client has as many calls running, for all its users together, as one may have.
    static func tooManyCalls(ofClient limit: Int) -> GatewayError {
        GatewayError(
            .rateLimited,
            "Your client has \(limit) calls running for all its users, as many as one client may have.",
            hint: "Try again in a moment.",
            retryAfterMilliseconds: busyRetryMilliseconds
        )
    }

    /// The tools of a namespace have as many calls running as they may have.
    static func tooManyCalls(ofNamespace namespace: String) -> GatewayError {
        GatewayError(
            .unavailable,
            "The tools of \"\(namespace)\" are busy.",
            hint: "Try again in a moment.",
            retryAfterMilliseconds: busyRetryMilliseconds
        )
    }

    /// The gateway has as many calls running as it may have.
    static let tooManyCalls = GatewayError(
        .unavailable,
        "The gateway is busy.",
        hint: "Try again in a moment.",
        retryAfterMilliseconds: busyRetryMilliseconds
    )

    /// When a call refused for others that run may be worth another try: most calls are shorter.
    private static let busyRetryMilliseconds = 1000
}
