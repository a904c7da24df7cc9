/// Why a bundle is not acceptable: a sentence for the operator.
package struct BundleFailure: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Part: Hashable, Sendable {
        /// A file is missing, too much, too long, or not what the index says.
        case file
        /// There is no signature where one is needed, or it is not good.
        case signature
        /// There is no library for this machine.
        case target
    }

    package let part: Part
    package let reason: String

    init(_ part: Part, _ reason: String) {
        self.part = part
        self.reason = reason
    }

    package var description: String { reason }
}
