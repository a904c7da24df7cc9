/// One pass of a compiled schema over one value.
struct JSONSchemaEvaluation {
    /// Schemas applied inside of each other, in depth of the value and in place; more is a schema without end.
    private static let nestingLimit = 512

    let program: JSONSchemaProgram
    let storage: JSONStorage
    let options: JSONSchema.Options
    let root: JSONNode
    private let limit: Int

    /// What is left of the work allowed.
    var steps: Int
    /// While a schema is only tried: the first fault ends it and is not told.
    var isQuiet = false
    /// Names in the tape whose null counts as absent.
    var absent: [Int] = []
    private var nesting = 0
    /// The schema resources entered and not left (specification, section 7.1).
    private var scope: [Int] = []
    private var found: [(position: Int, violation: JSONSchemaViolation)] = []

    init(of value: JSONNode, by program: JSONSchemaProgram, options: JSONSchema.Options, limit: Int) {
        self.program = program
        self.options = options
        self.limit = limit
        root = value
        storage = value.storage
        steps = options.stepLimit
    }

    mutating func run() -> [JSONSchemaViolation] {
        var marks = JSONSchemaMarks(isWanted: false)
        let isValid = check(0, root.position, &marks)
        guard steps > 0 else {
            return [JSONSchemaViolation(path: JSONPath(), message: "is too complex to check; send less at once")]
        }
        guard !isValid else { return [] }
        guard !found.isEmpty else {
            return [JSONSchemaViolation(path: JSONPath(), message: "does not fit its schema")]
        }
        // Positions are unique only per value, so what was found first stays first.
        let order = found.indices.sorted { (found[$0].position, $0) < (found[$1].position, $1) }
        var seen: Set<JSONSchemaViolation> = []
        return order.map { found[$0].violation }.filter { seen.insert($0).inserted }.prefix(limit).map(\.self)
    }

    /// Whether a value fits a rule; everything wrong is noted, unless this is only a trial.
    mutating func check(_ index: Int, _ position: Int, _ marks: inout JSONSchemaMarks) -> Bool {
        steps -= 1
        guard steps > 0 else { return false }
        let rule = program.rules[index]
        guard !rule.refusesAll else { return fail(position, "is not allowed here") }
        let node = JSONNode(storage: storage, position: position)
        guard rule.types == .all || rule.types.accept(node) else {
            return isQuiet ? false : fail(position, "must be \(rule.types.phrase), is \(node.kindPhrase)")
        }
        if rule.enumeration >= 0 || rule.constant >= 0 {
            guard checkConstants(rule, node) else { return false }
        }
        guard rule.combination < 0, program.dynamicAnchors.isEmpty else { return checkCombined(rule, node, &marks) }
        return checkOwn(rule, node, &marks)
    }

    /// What a rule itself says about values of this kind.
    private mutating func checkOwn(_ rule: JSONSchemaRule, _ node: JSONNode, _ marks: inout JSONSchemaMarks) -> Bool {
        switch node.entry.kind {
        case .object: rule.object < 0 || checkObject(rule.object, node, &marks)
        case .array: rule.array < 0 || checkArray(rule.array, node, &marks)
        case .number: rule.number < 0 || checkNumber(rule.number, node)
        case .string: rule.string < 0 || checkString(rule.string, node)
        case .null, .true, .false: true
        }
    }

    /// The rare way: schemas that apply others in place, for which depth and resources are kept track of.
    private mutating func checkCombined(
        _ rule: JSONSchemaRule,
        _ node: JSONNode,
        _ marks: inout JSONSchemaMarks
    ) -> Bool {
        guard nesting < Self.nestingLimit else {
            return fail(node.position, "cannot be checked: its schema refers to itself without end or nests too deeply")
        }
        nesting += 1
        let entersResource = scope.last != rule.resource
        if entersResource { scope.append(rule.resource) }
        defer {
            nesting -= 1
            if entersResource { scope.removeLast() }
        }
        guard rule.combination >= 0 else { return checkOwn(rule, node, &marks) }
        let combination = program.combinations[rule.combination]
        let hasUnevaluated = combination.unevaluatedProperties >= 0 || combination.unevaluatedItems >= 0
        guard hasUnevaluated else { return checkParts(rule, combination, node, &marks) }
        var inner = JSONSchemaMarks(isWanted: true)
        var isValid = checkParts(rule, combination, node, &inner)
        // After a fault it is not known what the failing part would have evaluated.
        if isValid { isValid = checkUnevaluated(combination, node, &inner) }
        marks.merge(inner)
        return isValid
    }

    private mutating func checkParts(
        _ rule: JSONSchemaRule,
        _ combination: JSONSchemaCombination,
        _ node: JSONNode,
        _ marks: inout JSONSchemaMarks
    ) -> Bool {
        let isValid = checkOwn(rule, node, &marks)
        guard isValid || !isQuiet else { return false }
        return checkCombination(combination, node, &marks) && isValid
    }

    /// The rule a dynamic reference leads to: the outermost resource entered that has the anchor decides.
    func target(of reference: JSONSchemaCombination.DynamicReference) -> Int {
        guard reference.anchor >= 0 else { return reference.rule }
        let rules = program.dynamicAnchors[reference.anchor]
        for resource in scope {
            if let rule = rules[resource] { return rule }
        }
        return reference.rule
    }

    /// Tries a rule without telling what is wrong; what it counted as absent is forgotten when it fails.
    mutating func fits(_ rule: Int, _ position: Int, _ marks: inout JSONSchemaMarks) -> Bool {
        let (wasQuiet, count) = (isQuiet, absent.count)
        isQuiet = true
        defer { isQuiet = wasQuiet }
        var inner = JSONSchemaMarks(isWanted: marks.isWanted)
        guard check(rule, position, &inner) else {
            absent.removeSubrange(count...)
            return false
        }
        marks.merge(inner)
        return true
    }

    /// Notes a fault, unless this is a trial; always false.
    @discardableResult
    mutating func fail(_ position: Int, _ message: @autoclosure () -> String, missing name: String? = nil) -> Bool {
        // A few more than asked for, because the order of finding is not that of the document.
        guard !isQuiet, found.count < limit &* 4, steps > 0 else { return false }
        var path = JSONPath()
        for token in JSONNode(storage: storage, position: position).path(from: root).tokens {
            path = path.appending(JSONSchemaText.safe(token))
        }
        if let name { path = path.appending(name) }
        found.append((position, JSONSchemaViolation(path: path, message: message())))
        return false
    }
}
