/// Why the document index could not be used: a sentence for the operator.
package struct DocumentFailure: Error, Hashable, Sendable, CustomStringConvertible {
    package let reason: String

    package init(_ reason: String) {
        self.reason = reason
    }

    package var description: String { reason }
}
