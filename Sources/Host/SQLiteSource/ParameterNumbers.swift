internal import GatewayCore
internal import JSON

/// The parameters of a statement, `$1 … $n`, matched with the values of a query.
///
/// SQLite takes `$1` for a name and numbers names as they come, so the number has to be read from the name.
enum ParameterNumbers {
    /// The values in SQLite's own numbering.
    /// - Parameters:
    ///   - names: What `sqlite3_bind_parameter_name` says of each parameter.
    ///   - parameters: The values of `$1`, `$2` and following.
    /// - Returns: One value per name.
    /// - Throws: `.invalid` for another kind of placeholder, and unless exactly `$1 … $n` are used for n values.
    static func values(
        named names: [String?],
        from parameters: [JSONValue]
    ) throws(SourceError) -> [SQLiteValue] {
        var used: Set<Int> = []
        var values: [SQLiteValue] = []
        for name in names {
            guard let name, let number = number(name) else {
                throw .invalid("Write the parameters as $1 … $n.")
            }
            guard number <= parameters.count else {
                throw .invalid("The statement uses $\(number), but \(parameters.count) parameters are given.")
            }
            used.insert(number)
            values.append(try value(parameters[number - 1], number: number))
        }
        for number in 1..<(parameters.count + 1) where !used.contains(number) {
            throw .invalid("\(parameters.count) parameters are given, but the statement does not use $\(number).")
        }
        return values
    }

    private static func number(_ name: String) -> Int? {
        guard name.hasPrefix("$"), let number = Int(name.dropFirst()), number > 0, name == "$\(number)" else {
            return nil
        }
        return number
    }

    /// A number neither `Int` nor `Double` can hold is bound as text, which SQLite compares by the column's affinity.
    private static func value(_ value: JSONValue, number: Int) throws(SourceError) -> SQLiteValue {
        switch value {
        case .null: .null
        case .bool(let value): .integer(value ? 1 : 0)
        case .integer(let value): .integer(value)
        case .double(let value): .real(value)
        case .decimal(let literal): .text(literal)
        case .string(let text): .text(text)
        case .array, .object: throw .invalid("Parameter $\(number) must be null, a bool, a number or a string.")
        }
    }
}
