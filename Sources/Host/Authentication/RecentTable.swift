/// What was learnt lately, by digest: bounded in number without a list to keep in order.
///
/// Two generations: a full young one becomes the old one, and what was old is forgotten. A look-up is one or two table
/// accesses. Times are seconds since 1970.
struct RecentTable<Value: Sendable>: Sendable {
    fileprivate struct Entry {
        let value: Value
        let storedAt: Int64
        let until: Int64
    }

    /// What is forgotten, for the caller to free outside its lock.
    struct Forgotten: Sendable {
        fileprivate let entries: [[UInt8]: Entry]
    }

    private var young: [[UInt8]: Entry] = [:]
    private var old: [[UInt8]: Entry] = [:]
    private let generationSize: Int

    /// A table of at most so many values.
    init(capacity: Int) {
        generationSize = capacity / 2
    }

    /// The value, unless it is unknown, over, or was stored in what is now the future.
    func value(for digest: [UInt8], at now: Int64) -> Value? {
        guard let entry = young[digest] ?? old[digest], entry.storedAt <= now, now < entry.until else { return nil }
        return entry.value
    }

    mutating func store(_ value: Value, for digest: [UInt8], at now: Int64, until: Int64) -> Forgotten {
        guard generationSize > 0, now < until else { return Forgotten(entries: [:]) }
        var forgotten = Forgotten(entries: [:])
        if young.count >= generationSize {
            forgotten = Forgotten(entries: old)
            old = young
            young = [:]
        }
        young[digest] = Entry(value: value, storedAt: now, until: until)
        return forgotten
    }

    /// How many values there are, those that are over included.
    var count: Int { young.count + old.count }
}
