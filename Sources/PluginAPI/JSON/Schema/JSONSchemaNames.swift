/// Names found by their bytes, without building a string from the text that is looked up.
struct JSONSchemaNames: Sendable {
    private(set) var names: [String] = []
    private var bytes: [[UInt8]] = []
    /// Positions of names by hash, -1 where there is none; at most half full.
    private var slots: [Int32] = [-1, -1]

    /// Adds a name, or finds it again.
    mutating func insert(_ name: String) -> Int {
        let utf8 = Array(name.utf8)
        let found = position(of: utf8[...])
        guard found < 0 else { return found }
        names.append(name)
        bytes.append(utf8)
        if names.count * 2 > slots.count {
            slots = Array(repeating: -1, count: slots.count * 2)
            for position in bytes.indices { place(position) }
        } else {
            place(names.count - 1)
        }
        return names.count - 1
    }

    private mutating func place(_ position: Int) {
        var slot = hash(bytes[position][...])
        while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
        slots[slot] = Int32(truncatingIfNeeded: position)
    }

    /// Where a name is, or -1.
    func position(of name: ArraySlice<UInt8>) -> Int {
        var slot = hash(name)
        while slots[slot] >= 0 {
            let position = Int(slots[slot])
            if bytes[position].elementsEqual(name) { return position }
            slot = (slot + 1) & (slots.count - 1)
        }
        return -1
    }

    /// FNV-1a, cut to the table.
    ///
    /// The names come from the schema, so nobody can make them collide by choice.
    private func hash(_ name: ArraySlice<UInt8>) -> Int {
        var hash: UInt32 = 0x811C_9DC5
        for byte in name {
            hash = (hash ^ UInt32(byte)) &* 0x0100_0193
        }
        return Int(hash ^ hash >> 15) & (slots.count - 1)
    }
}
