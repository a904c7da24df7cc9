import JSON
import PluginKit

/// Rows that are listed from the newest on.
struct TimedTable: Sendable {
    /// The column that tells rows of one moment apart.
    enum Key: Hashable, Sendable {
        case number(String)
        case uuid(String)
        case text(String)

        var column: String {
            switch self {
            case .number(let column), .uuid(let column), .text(let column): column
            }
        }

        /// The value of a key as a cursor carries it; nil for what the column cannot hold.
        func value(_ text: String) -> JSONValue? {
            switch self {
            case .number: Int(text).map(JSONValue.integer)
            case .uuid: UUIDArgument.isUUID(text) ? .string(text) : nil
            case .text: text.isEmpty || text.utf8.contains(0) ? nil : .string(text)
            }
        }
    }

    /// What stands after `FROM`.
    let tables: String
    /// The column that says when; no row is without.
    let time: String
    let key: Key
    /// The column whose values are counted over the whole match.
    let group: String
    let shape: RecordShape

    func counts(_ conditions: Conditions) -> Statement {
        Statement(
            "SELECT \(group) AS name, COUNT(*) AS n FROM \(tables) WHERE \(conditions.text) GROUP BY \(group)",
            conditions.parameters
        )
    }

    /// One page, one row more than asked for, to know whether there are more.
    func page(_ conditions: Conditions, after place: TimedPlace?, limit: Int) -> Statement {
        var conditions = conditions
        if let place, let value = key.value(place.key) {
            let time = conditions.bind(.string(place.time.zonedText))
            let last = conditions.bind(value)
            conditions.add("(\(self.time) < \(time) OR (\(self.time) = \(time) AND \(key.column) < \(last)))")
        }
        let text = """
            SELECT \(shape.selection), \(time) AS place_time, \(key.column) AS place_key FROM \(tables) \
            WHERE \(conditions.text) ORDER BY \(time) DESC, \(key.column) DESC
            """
        let limit = conditions.bind(.integer(limit + 1))
        return Statement("\(text) LIMIT \(limit)", conditions.parameters)
    }
}
