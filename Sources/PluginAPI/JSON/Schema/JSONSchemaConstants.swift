/// The values of `enum` or `const`.
struct JSONSchemaConstants: Sendable {
    let values: [JSONNode]
    /// They as the end of a sentence.
    let phrase: String
}
