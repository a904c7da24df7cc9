/// A JSON value (RFC 8259) as a tree, for documents that are small or that we build ourselves.
///
/// Documents that only pass through are read as ``JSONDocument``, which keeps the bytes.
public enum JSONValue: Hashable, Sendable {
    case null
    case bool(Bool)
    /// An integer literal that fits, kept exact.
    case integer(Int)
    /// A number with a fraction or an exponent.
    case double(Double)
    /// A number that neither `Int` nor `Double` can hold, as it was written.
    case decimal(String)
    case string(String)
    case array([JSONValue])
    case object(JSONObject)
}

extension JSONValue {
    /// The value of an object's member, or nil when there is none or this is not an object.
    public subscript(name: String) -> JSONValue? {
        guard case .object(let object) = self else { return nil }
        return object[name]
    }

    /// The text, when this is a string.
    public var string: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    /// The integer, when this is one; also for a number such as `3.0`.
    public var integer: Int? {
        switch self {
        case .integer(let value): value
        case .double(let value): value.wholeNumber
        default: nil
        }
    }

    /// The number as a double, when this is a number a double can approximate.
    public var double: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .double(let value): value
        case .decimal(let literal): Double(literal)
        default: nil
        }
    }

    /// The truth value, when this is one.
    public var bool: Bool? {
        guard case .bool(let value) = self else { return nil }
        return value
    }

    /// The elements, when this is an array.
    public var array: [JSONValue]? {
        guard case .array(let elements) = self else { return nil }
        return elements
    }

    /// The members, when this is an object.
    public var object: JSONObject? {
        guard case .object(let object) = self else { return nil }
        return object
    }

    /// Whether this is `null`.
    public var isNull: Bool { self == .null }

    /// The value as compact JSON text, members in their order.
    public var serialized: [UInt8] {
        var writer = JSONWriter()
        writer.write(self)
        return writer.bytes
    }
}
