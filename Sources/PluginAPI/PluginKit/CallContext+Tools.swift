import JSON

extension CallContext {
    /// The names of the plugin's own tools that the caller may call; nil when the gateway cannot say.
    ///
    /// A site's rules may be stricter than the plugin's, so what is told to a caller of other tools is told by this.
    /// - Throws: `ToolError` with words fit for the caller.
    public func callableTools() async throws(ToolError) -> Set<String>? {
        let reply = await host.invoke("tools.callable", body: Array("{}".utf8))
        guard reply.status != HostReply.unsupported else { return nil }
        guard reply.status == 0, let body = try? JSONValue(parsing: reply.body), let names = body["tools"]?.array else {
            throw ToolError(.unavailable, "The gateway cannot say now which tools you may use; try again.")
        }
        return Set(names.compactMap(\.string))
    }
}
