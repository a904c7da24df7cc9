import PluginKit

/// Whose conversations somebody may read and record: their own, and operators anybody's.
enum MemoryOwner {
    static func user(
        _ argument: String?,
        _ what: String,
        in context: CallContext
    ) throws(ToolError) -> TestbedUser {
        let user = try TestbedUser(argument, caller: context.caller)
        // One name alone: another's user name may be somebody's subject.
        let own = context.caller.username.given ?? context.caller.subject
        guard own == user.name || context.caller.roles.contains("operator") else {
            throw ToolError(.forbidden, "Only operators may \(what).", hint: "Leave username out.")
        }
        return user
    }
}
