import JSON

/// What is read as JSON can be written, and reads as the same.
enum JSONProperties {
    static func fault(in bytes: [UInt8]) -> String? {
        let document = try? JSONDocument(parsing: bytes)
        guard let value = try? JSONValue(parsing: bytes) else {
            return document == nil ? nil : "a document is read whose value is not"
        }
        guard let document else { return "a value is read whose document is not" }
        guard document.root.value == value else { return "the document has another value" }
        let text = value.serialized
        guard let again = try? JSONValue(parsing: text) else { return "what was written cannot be read" }
        guard areSame(again, value) else { return "what was written reads as something else" }
        guard again.serialized == text else { return "what was written is not written the same again" }
        return fault(in: document.root, value)
    }

    /// Whether two values are the same, where a number without a fraction may be an integer or not.
    private static func areSame(_ one: JSONValue, _ other: JSONValue) -> Bool {
        switch (one, other) {
        case (.integer(let integer), .double(let double)), (.double(let double), .integer(let integer)):
            Double(integer) == double && Int(exactly: double) == integer
        case (.array(let ones), .array(let others)):
            ones.count == others.count && zip(ones, others).allSatisfy { areSame($0, $1) }
        case (.object(let ones), .object(let others)):
            ones.members.map(\.name) == others.members.map(\.name)
                && zip(ones.members, others.members).allSatisfy { areSame($0.value, $1.value) }
        default: one == other
        }
    }

    /// Every part stands on its own.
    private static func fault(in node: JSONNode, _ value: JSONValue) -> String? {
        guard (try? JSONValue(parsing: Array(node.bytes))) == value else { return "a part on its own is another" }
        switch node.kind {
        case .array:
            guard let array = value.array, array.count == node.elements.reduce(0, { count, _ in count + 1 }) else {
                return "the elements are not as many"
            }
            for (element, member) in zip(node.elements, array) {
                if let fault = fault(in: element, member) { return fault }
            }
        case .object:
            guard let object = value.object else { return "an object is none" }
            for member in node.members {
                guard let inner = object[member.name] else { return "a member is lost" }
                if let fault = fault(in: member.value, inner) { return fault }
            }
        case .string:
            guard let text = node.string, text == value.string, node.isString(text) else {
                return "a string is not itself"
            }
        default: break
        }
        return nil
    }
}
