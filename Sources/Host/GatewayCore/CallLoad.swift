/// How many calls run at one moment; for metrics.
package struct CallLoad: Hashable, Sendable {
    /// All of them.
    package let running: Int
    /// Those of each namespace that has any.
    package let byNamespace: [String: Int]
    /// How many different callers they come from; those without a token do not count.
    package let principals: Int
    /// How many different clients they come from.
    package let clients: Int

    package init(running: Int, byNamespace: [String: Int], principals: Int, clients: Int) {
        self.running = running
        self.byNamespace = byNamespace
        self.principals = principals
        self.clients = clients
    }
}
