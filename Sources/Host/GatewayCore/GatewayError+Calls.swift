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

    /// A person must agree first, and this gateway has no way to ask one: so the answer is no.
    static let approvalRequired = GatewayError(
        .approvalRequired,
        "This tool starts, changes or ends something, so a person must agree to the call first.",
        hint: "This gateway cannot ask for agreement yet; use the experiment's own tools for it."
    )

    /// All faults of the arguments at once, each with its place.
    static func invalidArguments(_ violations: [JSONSchemaViolation]) -> GatewayError {
        let faults = violations.map { violation in
            let place = violation.path.tokens.isEmpty ? "arguments" : violation.path.tokens.joined(separator: ".")
            return "\(place): \(violation.message)"
        }
        return GatewayError(.invalidArgument, faults.joined(separator: "; ") + ".")
    }
}
