/// A parsed text as one flat array: each value says where its bytes are and where the next value begins.
///
/// An object's member is a string entry (the name) followed by the entry of its value.
struct JSONTape: Sendable {
    enum Kind: UInt8, Sendable {
        case null, `true`, `false`, number, string, array, object
    }

    struct Entry: Sendable {
        /// The first byte of the value in the text.
        let start: UInt32
        /// One past its last byte.
        var end: UInt32
        /// The entry after this value and everything inside it.
        var next: UInt32
        let kind: Kind
        /// A string with a backslash, or a number with a fraction or exponent: the bytes are not the value.
        let isIndirect: Bool
    }

    private(set) var entries: [Entry] = []

    init(capacity: Int) {
        entries.reserveCapacity(capacity)
    }

    /// Adds a value without parts and returns nothing to come back to.
    mutating func append(_ kind: Kind, from start: Int, to end: Int, isIndirect: Bool = false) {
        entries.append(
            Entry(
                start: UInt32(truncatingIfNeeded: start),
                end: UInt32(truncatingIfNeeded: end),
                next: UInt32(truncatingIfNeeded: entries.count + 1),
                kind: kind,
                isIndirect: isIndirect
            )
        )
    }

    /// Adds an array or object whose end is not known yet.
    mutating func open(_ kind: Kind, at start: Int) -> Int {
        append(kind, from: start, to: start)
        return entries.count - 1
    }

    /// Says where an opened value ends: everything added since lies inside it.
    mutating func close(_ position: Int, at end: Int) {
        entries[position].end = UInt32(truncatingIfNeeded: end)
        entries[position].next = UInt32(truncatingIfNeeded: entries.count)
    }
}
