/// Turns the tree of a pattern into instructions, repetitions written out.
struct JSONPatternCompiler {
    private(set) var classes: [JSONPatternClass] = []
    private(set) var instructions: [JSONPattern.Instruction] = []

    mutating func append(_ instruction: JSONPattern.Instruction) throws(JSONPatternError) {
        guard instructions.count < JSONPattern.sizeLimit else {
            throw JSONPatternError(message: "is too large; lower its repetition counts")
        }
        instructions.append(instruction)
    }

    mutating func emit(_ syntax: JSONPatternSyntax) throws(JSONPatternError) {
        switch syntax {
        case .start: try append(.start)
        case .end: try append(.end)
        case .wordBoundary(let isNegated): try append(.wordBoundary(isNegated: isNegated))
        case .scalars(let set):
            classes.append(set)
            try append(.scalars(classes.count - 1))
        case .sequence(let parts):
            for part in parts { try emit(part) }
        case .alternatives(let branches):
            try emit(alternatives: branches[...])
        case .repeated(let part, let least, let most):
            try emit(part, least: least, most: most)
        }
    }

    private mutating func emit(alternatives branches: ArraySlice<JSONPatternSyntax>) throws(JSONPatternError) {
        var ends: [Int] = []
        for branch in branches.dropLast() {
            let split = instructions.count
            try append(.split(split + 1, split + 1))
            try emit(branch)
            ends.append(instructions.count)
            try append(.jump(0))
            instructions[split] = .split(split + 1, instructions.count)
        }
        if let last = branches.last { try emit(last) }
        for end in ends {
            instructions[end] = .jump(instructions.count)
        }
    }

    private mutating func emit(_ part: JSONPatternSyntax, least: Int, most: Int?) throws(JSONPatternError) {
        guard least <= JSONPattern.sizeLimit, most ?? 0 <= JSONPattern.sizeLimit else {
            throw JSONPatternError(message: "is too large; lower its repetition counts")
        }
        for _ in 0..<least {
            let before = instructions.count
            try emit(part)
            // Writing out nothing many times, inside of itself, would take for ever.
            if instructions.count == before { break }
        }
        guard let most else {
            let split = instructions.count
            try append(.split(split + 1, split + 1))
            try emit(part)
            try append(.jump(split))
            instructions[split] = .split(split + 1, instructions.count)
            return
        }
        var splits: [Int] = []
        for _ in least..<most {
            splits.append(instructions.count)
            try append(.split(0, 0))
            try emit(part)
        }
        for split in splits {
            instructions[split] = .split(split + 1, instructions.count)
        }
    }
}
