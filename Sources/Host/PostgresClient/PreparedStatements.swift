/// The statements one connection has prepared, for when they come again; the one unused longest goes first.
struct PreparedStatements {
    /// A statement on the server.
    struct Entry: Hashable {
        let name: String
        /// How many parameters the server says it has; nil when it was not asked.
        let parameterCount: Int?
    }

    private let capacity: Int
    private var entries: [String: (entry: Entry, used: UInt64)] = [:]
    private var uses: UInt64 = 0
    private var named = 0
    /// Names the server still knows and nobody needs.
    private(set) var abandoned: [String] = []

    /// - Parameter capacity: Statements with literals in them would otherwise pile up on the server.
    init(capacity: Int) {
        self.capacity = capacity
    }

    /// What is known of a statement.
    mutating func find(_ text: String) -> Entry? {
        guard let known = entries[text] else { return nil }
        uses += 1
        entries[text]?.used = uses
        return known.entry
    }

    /// A name no statement of this connection ever had.
    mutating func newName() -> String {
        named += 1
        return "s\(named)"
    }

    /// Keeps a statement the server has prepared.
    mutating func keep(_ text: String, as entry: Entry) {
        forget(text)
        uses += 1
        entries[text] = (entry, uses)
    }

    /// Lets go of the oldest when one more would be too many.
    mutating func makeRoom() {
        if entries.count >= capacity, let oldest = entries.min(by: { $0.value.used < $1.value.used })?.key {
            forget(oldest)
        }
    }

    /// Lets go of a statement that has to be prepared again.
    mutating func forget(_ text: String) {
        guard let known = entries.removeValue(forKey: text) else { return }
        abandoned.append(known.entry.name)
    }

    /// The names to deallocate; they are taken off the list.
    mutating func takeAbandoned() -> [String] {
        defer { abandoned = [] }
        return abandoned
    }
}
