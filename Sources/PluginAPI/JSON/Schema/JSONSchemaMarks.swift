/// Which members or elements of one value were evaluated (specification, section 11), kept only where it is asked for.
struct JSONSchemaMarks {
    let isWanted: Bool
    /// Positions of values in the tape.
    private(set) var positions: Set<Int> = []
    private(set) var isComplete = false

    init(isWanted: Bool) {
        self.isWanted = isWanted
    }

    mutating func insert(_ position: Int) {
        if isWanted, !isComplete { positions.insert(position) }
    }

    mutating func complete() {
        isComplete = isComplete || isWanted
    }

    mutating func merge(_ other: JSONSchemaMarks) {
        guard isWanted else { return }
        isComplete = isComplete || other.isComplete
        if !isComplete { positions.formUnion(other.positions) }
    }

    func contains(_ position: Int) -> Bool {
        isComplete || positions.contains(position)
    }
}
