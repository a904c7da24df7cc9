/// Why approvals cannot be read or kept: a sentence for the operator.
package struct ApprovalFailure: Error, Hashable, Sendable, CustomStringConvertible {
    package let reason: String

    init(reason: String) {
        self.reason = reason
    }

    package var description: String { reason }
}
