/// Why a stream is not there, or no longer.
package struct StreamError: Error, Hashable, Sendable {
    /// For the operator; names the host.
    package let reason: String

    package init(_ reason: String) {
        self.reason = reason
    }
}
