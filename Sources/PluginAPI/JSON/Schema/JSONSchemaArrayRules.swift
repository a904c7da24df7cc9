/// What a schema says about arrays.
struct JSONSchemaArrayRules: Sendable {
    var prefix: [Int] = []
    var items = -1
    var contains = -1
    var leastContained = 1
    var mostContained = Int.max
    var least = 0
    var most = Int.max
    var isUnique = false
}
