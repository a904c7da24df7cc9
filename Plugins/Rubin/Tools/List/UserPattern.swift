/// Whose runs are wanted: a name, or a pattern in which `%` stands for any characters; case does not matter.
package struct UserPattern: Hashable, Sendable {
    private let parts: [[Character]]

    package init(_ text: String) {
        parts = text.lowercased().split(separator: "%", omittingEmptySubsequences: false).map(Array.init)
    }

    package func matches(_ name: String) -> Bool {
        let name = Array(name.lowercased())
        guard let first = parts.first, let last = parts.last, parts.count > 1 else { return parts.first == name }
        guard name.count >= first.count + last.count, name.starts(with: first), name.suffix(last.count) == last[...]
        else { return false }
        // The earliest place for each part leaves the most room for the next.
        var rest = name[first.count..<(name.count - last.count)]
        for part in parts.dropFirst().dropLast() where !part.isEmpty {
            guard let place = Self.place(of: part, in: rest) else { return false }
            rest = rest[(place + part.count)...]
        }
        return true
    }

    private static func place(of part: [Character], in text: ArraySlice<Character>) -> Int? {
        guard text.count >= part.count else { return nil }
        return (text.startIndex...(text.endIndex - part.count)).first { text[$0...].starts(with: part) }
    }
}
