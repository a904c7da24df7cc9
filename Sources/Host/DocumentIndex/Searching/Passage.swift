/// A piece of a document that may answer a question.
package struct Passage: Hashable, Sendable {
    /// The document's path in its collection.
    package let document: String
    /// The headings above it.
    package let section: String
    package let url: String?
    package let text: String
    /// The higher the better; comparable within one answer only.
    package let score: Double
}
