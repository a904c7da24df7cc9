import JSON
import PluginKit

/// What is read of the tags of the production catalogue.
enum TagTables {
    static let item = RecordShape(
        .text("tag_label", "t.tag_label").required,
        .text("status", "t.status", "draft or locked."),
        .untrusted("description", "t.description", "What it stands for."),
        .text("created_by", "t.created_by"),
        .document("parameters", "t.parameters", "What it fixes."),
        .text("category", "c.name", "Of physics tags alone.")
    )

    static let tag = item.adding(
        .integer("tag_number", "t.tag_number").required,
        .time("created_at", "t.created_at"),
        .time("updated_at", "t.updated_at"),
        .integer("category_digit", "c.digit", "The thousands of a physics tag's number.")
    )

    /// Which tags of a kind are wanted.
    struct Filter: Hashable, Sendable {
        var category: String?
        var status: String?
        var creator: String?
        var search: String?
        /// Only tags with a smaller number.
        var beforeNumber: Int?

        func conditions(isPaged: Bool) -> Conditions {
            var conditions = Conditions()
            if let category { conditions.add("LOWER(c.name) = \(conditions.bind(.string(category.lowercased())))") }
            conditions.equal("t.status", status.map(JSONValue.string))
            conditions.equal("t.created_by", creator.map(JSONValue.string))
            conditions.mentioning("t.tag_label || ' ' || t.description", search)
            if isPaged, let beforeNumber { conditions.add("t.tag_number < \(conditions.bind(.integer(beforeNumber)))") }
            return conditions
        }
    }

    static func counts(_ kind: TagKind, _ filter: Filter) -> Statement {
        let conditions = filter.conditions(isPaged: false)
        return Statement(
            """
            SELECT t.status AS name, COUNT(*) AS n FROM \(tables(kind)) WHERE \(conditions.text) GROUP BY t.status
            """,
            conditions.parameters
        )
    }

    /// One page, one row more than asked for, the highest number first.
    static func page(_ kind: TagKind, _ filter: Filter, limit: Int) -> Statement {
        var conditions = filter.conditions(isPaged: true)
        let text = "SELECT \(selection(item, kind)), t.tag_number FROM \(tables(kind)) WHERE \(conditions.text)"
        let limit = conditions.bind(.integer(limit + 1))
        return Statement("\(text) ORDER BY t.tag_number DESC LIMIT \(limit)", conditions.parameters)
    }

    /// Every tag of a kind, the highest number first.
    static func all(_ kind: TagKind) -> Statement {
        Statement("SELECT \(selection(item, kind)) FROM \(tables(kind)) ORDER BY t.tag_number DESC")
    }

    static func tag(_ label: TagLabel) -> Statement {
        Statement(
            """
            SELECT \(selection(tag, label.kind)) FROM \(tables(label.kind)) \
            WHERE t.tag_number = CAST($1 AS bigint)
            """,
            [.integer(label.number)]
        )
    }

    private static func tables(_ kind: TagKind) -> String {
        kind == .physics
            ? "pcs_physics_tag t LEFT JOIN pcs_physics_category c ON c.digit = t.category_id" : "\(kind.table) t"
    }

    private static func selection(_ shape: RecordShape, _ kind: TagKind) -> String {
        (kind == .physics ? shape : shape.without("category", "category_digit")).selection
    }
}
