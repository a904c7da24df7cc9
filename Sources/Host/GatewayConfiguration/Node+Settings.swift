import JSON
import Yams

extension Node {
    var isEmptyScalar: Bool {
        guard case .scalar(let scalar) = self else { return false }
        return scalar.string.isEmpty || (scalar.style == .plain && ["~", "null"].contains(scalar.string))
    }

    var isScalar: Bool {
        if case .scalar = self { return true }
        return false
    }

    /// The node as JSON, scalars by YAML's core schema.
    var json: JSONValue {
        switch self {
        case .sequence(let sequence): return .array(sequence.map(\.json))
        case .mapping(let mapping):
            return .object(JSONObject(members: mapping.map { .init(name: $0.key.string ?? "", value: $0.value.json) }))
        case .alias: return .null
        case .scalar(let scalar):
            if scalar.style != .plain { return .string(scalar.string) }
            if isEmptyScalar { return .null }
            if let value = int { return .integer(value) }
            if let value = bool { return .bool(value) }
            if let value = float { return .double(value) }
            return .string(scalar.string)
        }
    }
}

extension ConfigurationPlace {
    /// The place of a node; its keys are joined by dots, the top has none.
    init(file: String, _ node: Node, path: String) {
        self.init(file: file, line: node.mark?.line ?? 1, path: path.isEmpty ? "(top)" : path)
    }
}
