/// What a search found.
package struct SearchResult: Sendable {
    /// The best matches, the best first.
    package let matches: [SearchMatch]
    /// How many tools were found in all, as far as they were looked at.
    package let found: Int
}
