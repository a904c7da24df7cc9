/// The members of an object inside a ``JSONDocument``.
public struct JSONMembers: Sequence, IteratorProtocol, Sendable {
    /// A name with its value.
    public struct Member: Sendable {
        /// The name, as a string node.
        public let key: JSONNode
        /// What it names.
        public let value: JSONNode

        /// The name, decoded.
        public var name: String { key.string ?? "" }
    }

    let storage: JSONStorage
    var range: Range<Int>

    /// The next member, or nil at the end.
    public mutating func next() -> Member? {
        guard !range.isEmpty else { return nil }
        let key = JSONNode(storage: storage, position: range.lowerBound)
        let value = JSONNode(storage: storage, position: range.lowerBound + 1)
        range = Int(value.entry.next)..<range.upperBound
        return Member(key: key, value: value)
    }
}
