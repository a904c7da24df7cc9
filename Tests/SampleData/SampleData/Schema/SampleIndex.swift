/// An index of a table.
package struct SampleIndex: Hashable, Sendable {
    package let columns: [String]
    package let isUnique: Bool

    /// Reads `unique a b`, or nothing from blank text.
    init?(notation: Substring) {
        var words = notation.split { $0 == " " || $0 == "\n" }.map(String.init)
        isUnique = words.first == "unique"
        if isUnique { words.removeFirst() }
        guard !words.isEmpty else { return nil }
        columns = words
    }
}
