/// Everything a schema and those applied in its place name.
struct JSONSchemaClosure: Sendable {
    var names = JSONSchemaNames()
    var patterns: [JSONPattern] = []
}
