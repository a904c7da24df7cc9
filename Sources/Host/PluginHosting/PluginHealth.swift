/// How a plugin says it is.
package enum PluginHealth: String, Hashable, Sendable {
    case ok
    /// It serves, but not as it should.
    case degraded
    /// It says that it cannot serve, or says nothing.
    case down
}
