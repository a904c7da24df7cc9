/// A regular expression matched in time proportional to text times pattern, whatever both are.
///
/// All ways through the pattern advance together, one code point at a time (K. Thompson, CACM 11 (6), 1968).
struct JSONPattern: Sendable {
    enum Instruction: Sendable {
        /// Consumes one code point of a class.
        case scalars(Int)
        case jump(Int)
        /// Goes on in two places.
        case split(Int, Int)
        case start
        case end
        case wordBoundary(isNegated: Bool)
        case match
    }

    /// The most instructions of a pattern, bounded repetitions written out.
    static let sizeLimit = 4096

    /// The pattern as it was written.
    let text: String
    let classes: [JSONPatternClass]
    let instructions: [Instruction]
    /// A match can only begin where the text does.
    let isAnchored: Bool

    /// Compiles a pattern.
    init(_ text: String) throws(JSONPatternError) {
        var compiler = JSONPatternCompiler()
        try compiler.emit(try JSONPatternParser.parse(text))
        try compiler.append(.match)
        self.text = text
        classes = compiler.classes
        instructions = compiler.instructions
        if case .start? = instructions.first { isAnchored = true } else { isAnchored = false }
    }

    /// Whether the pattern matches somewhere in UTF-8 text; `steps` is lowered by the work this took.
    func matches(_ utf8: ArraySlice<UInt8>, steps: inout Int) -> Bool {
        let text = utf8.span
        guard instructions.count > Self.wordLimit else { return matchesInWord(text, steps: &steps) }
        var current = Threads(capacity: instructions.count)
        var following = Threads(capacity: instructions.count)
        var cursor = 0
        var previous: UInt32?
        while true {
            let start = cursor
            let next = cursor < text.count ? Self.scalar(text, &cursor) : nil
            if start == 0 || !isAnchored {
                if follow(0, previous, next, into: &current) { return true }
            }
            steps -= 1 + current.list.count / 8
            guard let next, steps > 0, !current.list.isEmpty || !isAnchored else { return false }
            let after = cursor < text.count ? Self.peek(text, cursor) : nil
            for instruction in current.list {
                guard case .scalars(let index) = instructions[instruction], classes[index].contains(next) else {
                    continue
                }
                if follow(instruction + 1, next, after, into: &following) { return true }
            }
            swap(&current, &following)
            following.removeAll()
            previous = next
        }
    }

    /// Adds all places reachable without consuming anything; true when one of them is the end of the pattern.
    private func follow(_ first: Int, _ previous: UInt32?, _ next: UInt32?, into threads: inout Threads) -> Bool {
        threads.pending.append(first)
        while let place = threads.pending.popLast() {
            guard threads.insert(place) else { continue }
            switch instructions[place] {
            case .scalars: threads.list.append(place)
            case .jump(let target): threads.pending.append(target)
            case .split(let left, let right):
                threads.pending.append(right)
                threads.pending.append(left)
            case .start: if previous == nil { threads.pending.append(place + 1) }
            case .end: if next == nil { threads.pending.append(place + 1) }
            case .wordBoundary(let isNegated):
                let isBoundary = Self.isWord(previous) != Self.isWord(next)
                if isBoundary != isNegated { threads.pending.append(place + 1) }
            case .match: return true
            }
        }
        return false
    }

    static func isWord(_ value: UInt32?) -> Bool {
        value.map { JSONPatternClass.word.contains($0) } ?? false
    }

    static func peek(_ text: Span<UInt8>, _ cursor: Int) -> UInt32 {
        var cursor = cursor
        return scalar(text, &cursor)
    }

    /// The code point at the cursor of text that is known to be UTF-8.
    static func scalar(_ text: Span<UInt8>, _ cursor: inout Int) -> UInt32 {
        let first = UInt32(text[cursor])
        cursor += 1
        guard first >= 0xC0 else { return first }
        let length = first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : 1
        var value = first & (0x3F >> UInt32(length))
        for _ in 0..<length {
            value = value << 6 | UInt32(text[cursor] & 0x3F)
            cursor += 1
        }
        return value
    }

    /// The places a match has reached, each once.
    private struct Threads {
        /// Those that wait for a code point.
        var list: [Int] = []
        var pending: [Int] = []
        private var seen: [UInt32]
        private var generation: UInt32 = 1

        init(capacity: Int) {
            seen = Array(repeating: 0, count: capacity)
        }

        mutating func insert(_ place: Int) -> Bool {
            guard seen[place] != generation else { return false }
            seen[place] = generation
            return true
        }

        mutating func removeAll() {
            list.removeAll(keepingCapacity: true)
            generation += 1
        }
    }
}
