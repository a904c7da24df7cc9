/// What waits to be written, frame after frame.
struct Outbox: Sendable {
    private struct Entry: Sendable {
        let bytes: [UInt8]
        let ticket: UInt64?
    }

    private var entries: [Entry] = []
    private var offset = 0
    private var isBegun = false
    /// How much waits, in bytes.
    private(set) var byteCount = 0

    var isEmpty: Bool { entries.isEmpty }

    /// Adds a frame behind the others; the ticket is that of the message in it.
    mutating func append(_ bytes: [UInt8], of ticket: UInt64? = nil) {
        entries.append(Entry(bytes: bytes, ticket: ticket))
        byteCount += bytes.count
    }

    /// What is to be written next, and the message that begins with it.
    ///
    /// Once it was offered it may be on its way, even when nothing was said to be taken: TLS seals it first.
    mutating func next() -> (bytes: ArraySlice<UInt8>, begun: UInt64?)? {
        guard let first = entries.first else { return nil }
        defer { isBegun = true }
        return (first.bytes[offset...], isBegun ? nil : first.ticket)
    }

    /// Takes note of bytes that were written.
    /// - Returns: The ticket of a message that is written to its end.
    mutating func wrote(_ count: Int) -> UInt64? {
        guard let first = entries.first else { return nil }
        byteCount -= count
        offset += count
        guard offset >= first.bytes.count else { return nil }
        entries.removeFirst()
        offset = 0
        isBegun = false
        return first.ticket
    }

    /// Takes a message out of which nothing was offered.
    mutating func remove(_ ticket: UInt64) {
        guard let index = entries.firstIndex(where: { $0.ticket == ticket }), index > 0 || !isBegun else { return }
        byteCount -= entries.remove(at: index).bytes.count
    }
}
