/// One schema object.
///
/// Positions are -1 where it says nothing.
struct JSONSchemaRule: Sendable {
    var types: JSONSchemaTypes = .all
    /// The schema `false`.
    var refusesAll = false
    var object = -1
    var array = -1
    var number = -1
    var string = -1
    var enumeration = -1
    var constant = -1
    var combination = -1
    /// The schema resource this belongs to (specification, section 4.3.5).
    var resource: Int
}
