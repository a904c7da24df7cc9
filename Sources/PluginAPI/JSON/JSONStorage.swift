/// What the nodes of one document share, so that a node is no more than a reference and a position.
final class JSONStorage: Sendable {
    let text: ArraySlice<UInt8>
    let tape: JSONTape
    /// Whether the scanner refused objects that name a member twice, so that a search may end at the first hit.
    let hasUniqueNames: Bool

    init(text: ArraySlice<UInt8>, tape: JSONTape, hasUniqueNames: Bool) {
        self.text = text
        self.tape = tape
        self.hasUniqueNames = hasUniqueNames
    }
}
