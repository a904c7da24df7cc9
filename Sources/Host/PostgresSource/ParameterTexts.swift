internal import GatewayCore
internal import JSON

/// The values of a query's parameters as PostgreSQL reads them from text; the server infers their types.
enum ParameterTexts {
    /// The most parameters a statement can have: the protocol counts them in 16 bits.
    private static let limit = 65_535

    /// One text per value, nil for null.
    /// - Throws: `.invalid` for arrays, objects, NUL characters and too many values.
    static func texts(of parameters: [JSONValue]) throws(SourceError) -> [String?] {
        guard parameters.count <= limit else {
            throw .invalid("\(parameters.count) parameters are given; at most \(limit) are possible.")
        }
        var texts: [String?] = []
        for (index, parameter) in parameters.enumerated() {
            texts.append(try text(of: parameter, number: index + 1))
        }
        return texts
    }

    private static func text(of value: JSONValue, number: Int) throws(SourceError) -> String? {
        switch value {
        case .null: return nil
        case .bool(let value): return value ? "t" : "f"
        case .integer(let value): return String(value)
        // Without ".0", which an integer parameter would not take.
        case .double(let value): return Int(exactly: value).map(String.init) ?? value.description
        case .decimal(let literal): return literal
        case .string(let text):
            guard !text.utf8.contains(0) else { throw .invalid("Parameter $\(number) contains a NUL character.") }
            return text
        case .array, .object: throw .invalid("Parameter $\(number) must be null, a bool, a number or a string.")
        }
    }
}
