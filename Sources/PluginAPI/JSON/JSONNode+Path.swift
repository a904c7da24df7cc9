extension JSONNode {
    /// Where this value is inside another of the same document.
    ///
    /// Found by walking the tape, because only errors ask: no reader has to carry a path along.
    func path(from root: JSONNode) -> JSONPath {
        var path = JSONPath()
        var current = root
        while current.position < position, let step = current.step(towards: position) {
            path = path.appending(step.token)
            current = step.node
        }
        return path
    }

    /// The part of this value that holds the position: a member (or the member's own name) or an element.
    private func step(towards position: Int) -> (token: String, node: JSONNode)? {
        switch entry.kind {
        case .object:
            let member = members.first { position < Int($0.value.entry.next) }
            return member.map { ($0.name, $0.key.position == position ? $0.key : $0.value) }
        case .array:
            let element = elements.enumerated().first { position < Int($0.element.entry.next) }
            return element.map { (String($0.offset), $0.element) }
        default:
            return nil
        }
    }

    /// What this value is, as the end of a sentence.
    var kindPhrase: String {
        switch kind {
        case .null: "null"
        case .bool: "a boolean"
        case .number: integer == nil ? "a number" : "an integer"
        case .string: "a string"
        case .array: "an array"
        case .object: "an object"
        }
    }

    /// Whether this is a number without a fraction, of any size.
    var isInteger: Bool {
        guard entry.kind == .number else { return false }
        let text = storage.text
        return !entry.isIndirect || JSONDecimal(entry, in: text.span).isInteger
    }
}
