/// The keywords of one schema object, read with their types checked.
struct JSONSchemaKeywords {
    let schema: JSONSchemaResources.Schema

    subscript(keyword: String) -> JSONValue? { schema.value[keyword] }

    func error(_ keyword: String, _ message: String) -> JSONSchemaError {
        JSONSchemaError(path: schema.location.appending(keyword).path, message: message)
    }

    func string(_ keyword: String) throws(JSONSchemaError) -> String? {
        guard let value = self[keyword] else { return nil }
        guard case .string(let text) = value else { throw error(keyword, "must be a string") }
        return text
    }

    func boolean(_ keyword: String) throws(JSONSchemaError) -> Bool? {
        guard let value = self[keyword] else { return nil }
        guard case .bool(let isSet) = value else { throw error(keyword, "must be true or false") }
        return isSet
    }

    /// A count, which is an integer that is not negative; also written `2.0`.
    func count(_ keyword: String) throws(JSONSchemaError) -> Int? {
        guard let value = self[keyword] else { return nil }
        guard let count = value.integer, count >= 0 else {
            throw error(keyword, "must be an integer that is not negative")
        }
        return count
    }

    func number(_ keyword: String) throws(JSONSchemaError) -> (literal: String, value: JSONDecimal)? {
        guard let value = self[keyword] else { return nil }
        switch value {
        case .integer, .double, .decimal:
            let literal = String(decoding: value.serialized, as: UTF8.self)
            return (literal, JSONDecimal(literal))
        default:
            throw error(keyword, "must be a number")
        }
    }

    func names(_ keyword: String) throws(JSONSchemaError) -> [String] {
        guard let value = self[keyword] else { return [] }
        guard let names = Self.names(value) else { throw error(keyword, "must be an array of strings") }
        return names
    }

    static func names(_ value: JSONValue) -> [String]? {
        guard case .array(let elements) = value else { return nil }
        let names = elements.compactMap(\.string)
        return names.count == elements.count ? names : nil
    }

    func members(_ keyword: String) throws(JSONSchemaError) -> [JSONObject.Member] {
        guard let value = self[keyword] else { return [] }
        guard case .object(let object) = value else { throw error(keyword, "must be an object") }
        return object.members
    }

    /// The schemas of a keyword that takes a list of at least one.
    func list(_ keyword: String) throws(JSONSchemaError) -> [JSONValue] {
        guard let value = self[keyword] else { return [] }
        guard case .array(let elements) = value, !elements.isEmpty else {
            throw error(keyword, "must be an array of at least one schema")
        }
        return elements
    }
}
