/// What a schema says by applying others to the same value.
struct JSONSchemaCombination: Sendable {
    struct DynamicReference: Sendable {
        let rule: Int
        /// Position in the table of dynamic anchors.
        let anchor: Int
    }

    /// `$ref` and `allOf`.
    var all: [Int] = []
    var dynamic: [DynamicReference] = []
    var any: [Int] = []
    var one: [Int] = []
    var not = -1
    var condition = -1
    var then = -1
    var otherwise = -1
    var dependents: [(name: String, rule: Int)] = []
    var unevaluatedProperties = -1
    var unevaluatedItems = -1
    /// What may be meant by a property that `unevaluatedProperties` refuses.
    var known = JSONSchemaNames()

    /// All rules applied to the same value, whether or not this one depends on what they find.
    func inPlace(withDynamic: Bool) -> [Int] {
        let single = [not, condition, then, otherwise].filter { $0 >= 0 }
        // Without an anchor a dynamic reference is an ordinary one.
        let references = dynamic.filter { withDynamic || $0.anchor < 0 }.map(\.rule)
        return all + references + any + one + single + dependents.map(\.rule)
    }
}
