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

    /// A person must agree first, and there is no way to ask one: so the answer is no.
    static let approvalRequired = GatewayError(
        .approvalRequired,
        "This tool starts, changes or ends something, so a person must agree to the call first.",
        hint: "This client cannot ask its user (elicitation); use one that can, or the experiment's own tools."
    )

    /// A person was asked and did not agree.
    static let notAgreed = GatewayError(.approvalRequired, "The user did not agree to this call.")

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
