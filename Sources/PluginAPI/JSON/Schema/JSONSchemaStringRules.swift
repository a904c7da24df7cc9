/// What a schema says about strings, whose lengths count code points.
struct JSONSchemaStringRules: Sendable {
    var least = 0
    var most = Int.max
    var pattern: JSONPattern?
}
