import PluginKit

/// Who may steer what: everybody their own testbed, operators every one.
struct ControlRights: Sendable {
    let context: CallContext

    private var isOperator: Bool { context.caller.roles.contains("operator") }

    /// The caller's name in the testbed, which its issuer vouches for.
    /// - Throws: `ToolError` with `forbidden` when it has none that the testbed could know.
    func user() throws(ToolError) -> TestbedUser {
        guard let name = context.caller.username.given, ControlName.isPartOfQueue(name) else {
            throw ToolError(
                .forbidden,
                "You have no user name that the testbed could know: letters, digits, - and _, at most 64."
            )
        }
        return try TestbedUser(name, caller: context.caller)
    }

    /// The user whose testbed is meant: the caller, or for operators anybody.
    func user(_ argument: String?) throws(ToolError) -> TestbedUser {
        guard let name = argument.given, name != context.caller.username else { return try user() }
        guard ControlName.isPartOfQueue(name) else {
            throw ToolError(.invalidArgument, "username: must be letters, digits, - and _, at most 64.")
        }
        guard isOperator else {
            throw ToolError(
                .forbidden,
                "Only operators start and stop the testbeds of others.",
                hint: "Leave username out for your own."
            )
        }
        return try TestbedUser(name, caller: context.caller)
    }

    /// Lets through who may steer an execution: the owner of its namespace, or who started one without.
    func check(execution id: String) async throws(ToolError) {
        let execution = try await StateReading(context: context).execution(id)
        if let namespace = execution.text("namespace").given {
            try await check(namespace: namespace)
        } else {
            _ = try user(execution.text("executed_by"))
        }
    }

    /// Lets the owner of a namespace through, and operators.
    ///
    /// One that nobody is said to own is its agent manager's user's.
    /// - Returns: The owner, when there is one.
    @discardableResult
    func check(namespace: String) async throws(ToolError) -> TestbedUser? {
        let state = StateReading(context: context)
        let rows = try await state.rows(NamespaceTables.namespace(namespace), 1)
        var owner = rows.first?.text("owner").given
        if owner == nil, !isOperator {
            let user = try user()
            if try await state.manager(of: user).namespace == namespace { owner = user.name }
        }
        guard isOperator || (owner != nil && owner == context.caller.username) else {
            throw ToolError(
                .forbidden,
                "Only its owner and operators may do this in that namespace.",
                hint: "swf_get_namespace tells whose it is."
            )
        }
        return try owner.map { name throws(ToolError) in try TestbedUser(name, caller: context.caller) }
    }
}
