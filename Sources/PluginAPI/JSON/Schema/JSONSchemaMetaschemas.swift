/// The meta-schemas of draft 2020-12, so that a schema for schemas can refer to them.
enum JSONSchemaMetaschemas {
    /// The text of a meta-schema, or nil when this is not one.
    static func text(of identifier: String) -> String? {
        guard identifier.hasPrefix(prefix) else { return nil }
        return switch identifier.dropFirst(prefix.count) {
        case "meta/applicator": applicator
        case "meta/content": content
        case "meta/core": core
        case "meta/format-annotation": formatAnnotation
        case "meta/format-assertion": formatAssertion
        case "meta/meta-data": metadata
        case "meta/unevaluated": unevaluated
        case "meta/validation": validation
        case "schema": schema
        default: nil
        }
    }

    private static let prefix = "https://json-schema.org/draft/2020-12/"
}
