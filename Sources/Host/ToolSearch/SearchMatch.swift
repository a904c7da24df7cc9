/// A tool that a search found.
package struct SearchMatch: Hashable, Sendable {
    /// The tool's place among those the index was made of.
    package let position: Int
    /// How well it fits; comparable within one search only.
    package let score: Double

    /// Whether one match comes before another: the better one, and of equals the one that was first.
    static func precedes(_ left: SearchMatch, _ right: SearchMatch) -> Bool {
        (right.score, left.position) < (left.score, right.position)
    }
}
