extension JSONPattern {
    /// Up to so many instructions the places reached fit the bits of one machine word.
    static let wordLimit = UInt64.bitWidth

    /// The same as ``matches(_:steps:)`` for the usual short pattern, without memory of its own.
    func matchesInWord(_ text: Span<UInt8>, steps: inout Int) -> Bool {
        var current: UInt64 = 0
        var cursor = 0
        var previous: UInt32?
        var next = text.isEmpty ? nil : Self.scalar(text, &cursor)
        var isFirst = true
        while true {
            if isFirst || !isAnchored, follow(1, previous, next, into: &current) { return true }
            isFirst = false
            steps -= 1
            guard let scalar = next, steps > 0, current != 0 || !isAnchored else { return false }
            let after = cursor < text.count ? Self.scalar(text, &cursor) : nil
            var reached: UInt64 = 0
            var rest = current
            while rest != 0 {
                let place = rest.trailingZeroBitCount
                rest &= rest - 1
                if case .scalars(let index) = instructions[place], classes[index].contains(scalar) {
                    reached |= 1 << UInt64(place + 1)
                }
            }
            current = 0
            if follow(reached, scalar, after, into: &current) { return true }
            (previous, next) = (scalar, after)
        }
    }

    /// Adds all places reachable from some without consuming anything; true when one of them is the pattern's end.
    private func follow(_ places: UInt64, _ previous: UInt32?, _ next: UInt32?, into reached: inout UInt64) -> Bool {
        var pending = places
        while pending != 0 {
            let place = pending.trailingZeroBitCount
            let bit: UInt64 = 1 << UInt64(place)
            pending &= ~bit
            guard reached & bit == 0 else { continue }
            reached |= bit
            switch instructions[place] {
            case .scalars: break
            case .jump(let target): pending |= 1 << UInt64(target)
            case .split(let left, let right): pending |= 1 << UInt64(left) | 1 << UInt64(right)
            case .start: if previous == nil { pending |= bit << 1 }
            case .end: if next == nil { pending |= bit << 1 }
            case .wordBoundary(let isNegated):
                if (Self.isWord(previous) != Self.isWord(next)) != isNegated { pending |= bit << 1 }
            case .match: return true
            }
        }
        return false
    }
}
