/// What a schema says about numbers.
struct JSONSchemaNumberRules: Sendable {
    struct Bound: Sendable {
        let literal: String
        let value: JSONDecimal
        /// The value, when a machine integer can hold it.
        let integer: Int?
        let isUpper: Bool
        let isExclusive: Bool
    }

    var bounds: [Bound] = []
    var multipleOf: (literal: String, value: JSONDecimal)?
}

extension JSONSchemaNumberRules.Bound {
    func admits<Number: Comparable>(_ number: Number, _ limit: Number) -> Bool {
        switch (isUpper, isExclusive) {
        case (false, false): number >= limit
        case (false, true): number > limit
        case (true, false): number <= limit
        case (true, true): number < limit
        }
    }

    var phrase: String {
        switch (isUpper, isExclusive) {
        case (false, false): "at least \(literal)"
        case (false, true): "greater than \(literal)"
        case (true, false): "at most \(literal)"
        case (true, true): "less than \(literal)"
        }
    }
}
