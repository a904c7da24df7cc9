/// The elements of an array inside a ``JSONDocument``.
public struct JSONElements: Sequence, IteratorProtocol, Sendable {
    let storage: JSONStorage
    var range: Range<Int>

    /// The next element, or nil at the end.
    public mutating func next() -> JSONNode? {
        guard !range.isEmpty else { return nil }
        let node = JSONNode(storage: storage, position: range.lowerBound)
        range = Int(node.entry.next)..<range.upperBound
        return node
    }
}
