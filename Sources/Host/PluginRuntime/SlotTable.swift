/// Things in flight under numbers that are never valid twice.
///
/// A number is the slot's generation (upper half) and its position. Taking an entry out raises the generation, so a
/// number that is late, doubled or invented finds nothing.
struct SlotTable<Entry> {
    private struct Slot {
        var generation: UInt32 = 1
        var entry: Entry?
    }

    private var slots: [Slot] = []
    private var free: [UInt32] = []
    /// Added to every position, so that the numbers of two tables never meet.
    private let base: UInt32
    private(set) var count = 0

    init(base: UInt32) {
        self.base = base
    }

    var isEmpty: Bool { count == 0 }

    mutating func insert(_ entry: Entry) -> UInt64 {
        let position = free.popLast() ?? UInt32(slots.count)
        if position == slots.count { slots.append(Slot()) }
        slots[Int(position)].entry = entry
        count += 1
        return number(of: position)
    }

    mutating func remove(_ number: UInt64) -> Entry? {
        guard let position = position(of: number), let entry = slots[position].entry.take() else { return nil }
        count -= 1
        // A slot whose generations are used up stays empty for ever.
        if slots[position].generation < .max {
            slots[position].generation += 1
            free.append(UInt32(position))
        }
        return entry
    }

    /// Changes an entry in place; nil when the number is not valid.
    mutating func change<Result>(_ number: UInt64, _ change: (inout Entry) -> Result) -> Result? {
        guard let position = position(of: number), var entry = slots[position].entry.take() else { return nil }
        defer { slots[position].entry = entry }
        return change(&entry)
    }

    /// The numbers of everything in flight.
    var numbers: [UInt64] {
        slots.indices.filter { slots[$0].entry != nil }.map { number(of: UInt32($0)) }
    }

    private func number(of position: UInt32) -> UInt64 {
        UInt64(slots[Int(position)].generation) << 32 | UInt64(base + position)
    }

    private func position(of number: UInt64) -> Int? {
        let low = UInt32(truncatingIfNeeded: number)
        guard low >= base else { return nil }
        let position = Int(low - base)
        guard position < slots.count, slots[position].generation == UInt32(number >> 32) else { return nil }
        return position
    }
}
