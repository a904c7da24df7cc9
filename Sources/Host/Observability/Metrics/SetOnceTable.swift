import Synchronization

/// A table that is read by many at once without a lock: entries come, and neither change nor go.
///
/// Full at half of its places, so that looking for what is not there stays short.
final class SetOnceTable<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private final class Entry: Sendable {
        let key: Key
        let value: Value

        init(key: Key, value: Value) {
            self.key = key
            self.value = value
        }
    }

    private let places: [SetOnce<Entry>]
    private let mask: Int
    private let count = Atomic(0)

    /// A table for at least so many entries.
    init(capacity: Int) {
        var size = 2
        while size < max(1, capacity) * 2 { size *= 2 }
        places = (0..<size).map { _ in SetOnce() }
        mask = size - 1
    }

    /// The value of a key, made and kept when the key is new; nil when it is new and the table is full.
    ///
    /// `make` may run for nothing when two threads bring a key at once; both then get the same value.
    func value(of key: Key, orMake make: (Key) -> Value) -> Value? {
        var position = key.hashValue & mask
        var fresh: Entry?
        while true {
            let place = places[position]
            if let entry = place.content {
                if entry.key == key { return entry.value }
                position = (position + 1) & mask
                continue
            }
            if fresh == nil {
                guard count.wrappingAdd(1, ordering: .relaxed).newValue <= places.count / 2 else {
                    count.wrappingSubtract(1, ordering: .relaxed)
                    return nil
                }
            }
            let mine = fresh ?? Entry(key: key, value: make(key))
            fresh = mine
            let kept = place.set(mine)
            if kept === mine { return mine.value }
            // Another thread was faster here; its entry may be this key's or any other.
            if kept.key == key {
                count.wrappingSubtract(1, ordering: .relaxed)
                return kept.value
            }
            position = (position + 1) & mask
        }
    }
}
