/// A compiled schema: flat tables whose entries name each other by position.
struct JSONSchemaProgram: Sendable {
    /// The rules; the first is the root.
    var rules: [JSONSchemaRule] = []
    var objects: [JSONSchemaObjectRules] = []
    var arrays: [JSONSchemaArrayRules] = []
    var numbers: [JSONSchemaNumberRules] = []
    var strings: [JSONSchemaStringRules] = []
    var constants: [JSONSchemaConstants] = []
    var combinations: [JSONSchemaCombination] = []
    /// For each name used by `$dynamicRef`: which rule has that anchor, by schema resource.
    var dynamicAnchors: [[Int: Int]] = []
}
