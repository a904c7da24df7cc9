/// The file of results cannot be used; what is said is for the operator.
package struct ProvenanceError: Error, Hashable, Sendable, CustomStringConvertible {
    package let description: String
}
