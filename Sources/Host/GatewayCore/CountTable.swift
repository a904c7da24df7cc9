/// Counts of things that are known by a hash; a count of zero takes no room.
///
/// A table of fixed size with linear probing, which is a third of a dictionary's cost on the path of every call.
struct CountTable {
    private var slots: [(key: Int, count: Int)]
    private let mask: Int
    /// How many things have a count.
    private(set) var entries = 0

    /// Room for so many things at least; no more may be counted at a time.
    init(room: Int) {
        var size = 16
        while size < room * 2 { size *= 2 }
        mask = size - 1
        slots = Array(repeating: (0, 0), count: size)
    }

    /// Adds one, unless the count is at the limit.
    /// - Returns: Whether one was added.
    mutating func increment(_ key: Int, limit: Int) -> Bool {
        let position = position(of: key)
        let count = slots[position].count
        guard count < limit else { return false }
        if count == 0 { entries += 1 }
        slots[position] = (key, count + 1)
        return true
    }

    /// Takes one away.
    mutating func decrement(_ key: Int) {
        let position = position(of: key)
        let count = slots[position].count
        guard count > 0 else { return }
        slots[position].count = count - 1
        if count == 1 {
            entries -= 1
            closeGap(at: position)
        }
    }

    /// Where a key is, or where it would be put.
    private func position(of key: Int) -> Int {
        var position = key & mask
        while slots[position].count > 0, slots[position].key != key { position = (position + 1) & mask }
        return position
    }

    /// Moves up what would no longer be found behind an empty slot.
    private mutating func closeGap(at emptied: Int) {
        var gap = emptied
        var next = (gap + 1) & mask
        while slots[next].count > 0 {
            let home = slots[next].key & mask
            if (next - home) & mask >= (next - gap) & mask {
                slots[gap] = slots[next]
                slots[next].count = 0
                gap = next
            }
            next = (next + 1) & mask
        }
    }
}
