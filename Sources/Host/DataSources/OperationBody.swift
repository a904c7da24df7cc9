internal import GatewayCore
internal import JSON

/// The JSON body of an operation, read member by member.
///
/// Unknown members are ignored; a null counts as absent.
struct OperationBody {
    private let root: JSONNode

    /// Reads a body: one JSON object, within the size given in bytes.
    init(parsing body: [UInt8], maximumBytes: Int) throws(ServiceFailure) {
        guard body.count <= maximumBytes else {
            throw ServiceFailure(.tooLarge, "The body of the operation is longer than \(maximumBytes) bytes.")
        }
        do {
            root = try JSONDocument(parsing: body, limits: JSONLimits(depth: 64, bytes: maximumBytes)).root
        } catch {
            throw ServiceFailure(.invalidArgument, "The body of the operation is no JSON: \(error).")
        }
        guard root.kind == .object else { throw Self.invalid("The body of the operation must be an object.") }
    }

    /// A member as it is; nil when absent or null.
    func node(_ name: String) -> JSONNode? {
        guard let node = root[name], !node.isNull else { return nil }
        return node
    }

    /// A text that has to be there.
    func requiredString(_ name: String) throws(ServiceFailure) -> String {
        guard let text = try string(name) else { throw Self.invalid("\"\(name)\" is missing.") }
        return text
    }

    /// A text; nil when absent.
    func string(_ name: String) throws(ServiceFailure) -> String? {
        guard let node = node(name) else { return nil }
        guard let text = node.string else { throw Self.invalid("\"\(name)\" must be a string.") }
        return text
    }

    /// A whole number of at least 1; nil when absent.
    func count(_ name: String) throws(ServiceFailure) -> Int? {
        guard let node = node(name) else { return nil }
        guard let number = node.integer, number >= 1 else {
            throw Self.invalid("\"\(name)\" must be a whole number of at least 1.")
        }
        return number
    }

    /// A truth value; nil when absent.
    func bool(_ name: String) throws(ServiceFailure) -> Bool? {
        guard let node = node(name) else { return nil }
        guard let value = node.bool else { throw Self.invalid("\"\(name)\" must be true or false.") }
        return value
    }

    /// The values for `$1 … $n`; empty when absent.
    func parameters(_ name: String) throws(ServiceFailure) -> [JSONValue] {
        guard let node = node(name) else { return [] }
        guard node.kind == .array else { throw Self.invalid("\"\(name)\" must be an array.") }
        var values: [JSONValue] = []
        for element in node.elements {
            guard element.kind != .array, element.kind != .object else {
                throw Self.invalid("\"\(name)\"[\(values.count)] must be null, a bool, a number or a string.")
            }
            values.append(element.value)
        }
        return values
    }

    /// Pairs of an object whose values are strings, numbers, bools or arrays of these; an array repeats its name.
    ///
    /// In the order written; a null is left out; a number is passed on as it is written.
    func fields(_ name: String) throws(ServiceFailure) -> [HTTPField] {
        guard let node = node(name) else { return [] }
        guard node.kind == .object else { throw Self.invalid("\"\(name)\" must be an object.") }
        var fields: [HTTPField] = []
        for member in node.members {
            let values = member.value.kind == .array ? Array(member.value.elements) : [member.value]
            for value in values where !value.isNull {
                guard let text = Self.scalar(value) else {
                    throw Self.invalid("\"\(name)\" may hold strings, numbers, bools and arrays of these only.")
                }
                fields.append(HTTPField(member.name, text))
            }
        }
        return fields
    }

    private static func scalar(_ node: JSONNode) -> String? {
        switch node.kind {
        case .string: node.string
        case .number: node.numberLiteral
        case .bool: node.bool == true ? "true" : "false"
        case .null, .array, .object: nil
        }
    }

    private static func invalid(_ message: String) -> ServiceFailure {
        ServiceFailure(.invalidArgument, message)
    }
}
