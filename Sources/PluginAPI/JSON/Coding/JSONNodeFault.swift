/// What decoding throws while it unwinds: the node, from which the place is found when the error is shown.
struct JSONNodeFault: Error {
    let node: JSONNode
    let message: String

    init(_ node: JSONNode, _ message: String) {
        self.node = node
        self.message = message
    }

    /// A value of another kind than the one wanted.
    static func mismatch(_ wanted: String, _ node: JSONNode) -> JSONNodeFault {
        JSONNodeFault(node, "must be \(wanted), is \(node.kindPhrase)")
    }

    /// A number of the right kind that the type cannot hold.
    static func unfit(_ node: JSONNode) -> JSONNodeFault {
        JSONNodeFault(
            node,
            node.isInteger ? "is a number out of range" : "must be an integer, is a number with a fraction"
        )
    }
}
