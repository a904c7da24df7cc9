/// `server.admin`: the listener for the site's own people and programs; absent, there is none.
package struct AdminSettings: Hashable, Sendable {
    /// The address to listen on.
    package var host = "127.0.0.1"
    /// The TCP port; 0 lets the system choose.
    package var port = 9090
    /// Whether an address other than loopback is meant: what this listener shows needs no token.
    package var allowsRemote = false
}
