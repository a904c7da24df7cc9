import JSON

/// A statement with the values of its parameters `$1 … $n`.
struct Statement: Hashable, Sendable {
    let text: String
    let parameters: [JSONValue]

    init(_ text: String, _ parameters: [JSONValue] = []) {
        self.text = text
        self.parameters = parameters
    }
}
