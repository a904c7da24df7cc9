/// A pattern for names, in which `*` stands for any characters, also none.
struct NamePattern: Hashable, Sendable {
    /// What stands between the stars; the first part begins the name, the last one ends it.
    private let parts: [[UInt8]]

    init(_ text: String) {
        parts = text.utf8.split(separator: UInt8(ascii: "*"), omittingEmptySubsequences: false).map(Array.init)
    }

    /// Whether there is no star.
    var isExact: Bool { parts.count == 1 }

    /// How many characters a name must have in common with the pattern: more is more specific.
    var literalLength: Int { parts.reduce(0) { $0 + $1.count } }

    func matches(_ name: String) -> Bool {
        let name = name.utf8
        guard parts.count > 1 else { return name.elementsEqual(parts[0]) }
        guard name.count >= literalLength else { return false }
        guard name.starts(with: parts[0]) else { return false }
        if parts.count == 2, parts[1].isEmpty { return true }
        return matchesInside(Array(name.dropFirst(parts[0].count)))
    }

    /// Each part is taken at its first place, which leaves the most for those that follow.
    private func matchesInside(_ name: [UInt8]) -> Bool {
        var rest = name[...]
        for part in parts[1..<(parts.count - 1)] {
            while !rest.starts(with: part) {
                guard rest.popFirst() != nil else { return false }
            }
            rest = rest.dropFirst(part.count)
        }
        let last = parts[parts.count - 1]
        return rest.count >= last.count && rest.suffix(last.count).elementsEqual(last)
    }
}
