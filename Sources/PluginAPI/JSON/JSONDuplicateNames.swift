/// Refuses objects that name a member twice: two readers of one text must not see different values.
enum JSONDuplicateNames {
    /// Up to so many names are compared with each other; above, a set is cheaper.
    private static let pairwiseLimit = 8

    static func check(object: Int, of tape: JSONTape, in text: Span<UInt8>) throws(JSONParseError) {
        let end = Int(tape.entries[object].next)
        var count = 0
        var position = object + 1
        var hasEscapes = false
        while position < end {
            count += 1
            hasEscapes = hasEscapes || tape.entries[position].isIndirect
            position = Int(tape.entries[position + 1].next)
        }
        guard count > 1 else { return }
        if count <= pairwiseLimit, !hasEscapes {
            try checkPairs(from: object + 1, to: end, tape, text)
        } else {
            try checkSet(from: object + 1, to: end, tape, text)
        }
    }

    private static func checkPairs(
        from first: Int,
        to end: Int,
        _ tape: JSONTape,
        _ text: Span<UInt8>
    ) throws(JSONParseError) {
        var position = Int(tape.entries[first + 1].next)
        while position < end {
            let name = tape.entries[position]
            var earlier = first
            while earlier < position {
                if isEqual(tape.entries[earlier], name, text) {
                    throw JSONParseError(.duplicateName(JSONText.string(name, in: text)), at: Int(name.start))
                }
                earlier = Int(tape.entries[earlier + 1].next)
            }
            position = Int(tape.entries[position + 1].next)
        }
    }

    private static func isEqual(_ left: JSONTape.Entry, _ right: JSONTape.Entry, _ text: Span<UInt8>) -> Bool {
        guard left.end - left.start == right.end - right.start else { return false }
        let (start, other) = (Int(left.start), Int(right.start))
        for offset in 0..<Int(left.end - left.start) where text[start + offset] != text[other + offset] {
            return false
        }
        return true
    }

    private static func checkSet(
        from first: Int,
        to end: Int,
        _ tape: JSONTape,
        _ text: Span<UInt8>
    ) throws(JSONParseError) {
        var seen: Set<[UInt8]> = []
        var position = first
        while position < end {
            let name = tape.entries[position]
            // Bytes, because Swift compares strings by canonical equivalence and JSON by code point.
            guard seen.insert(JSONText.utf8(name, in: text)).inserted else {
                throw JSONParseError(.duplicateName(JSONText.string(name, in: text)), at: Int(name.start))
            }
            position = Int(tape.entries[position + 1].next)
        }
    }
}
