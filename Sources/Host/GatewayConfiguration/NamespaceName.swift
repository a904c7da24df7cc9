/// What a namespace may be called.
enum NamespaceName {
    static let rule = "a namespace is 2 to 16 characters: a letter, then letters or digits, lower case"

    static func isValid(_ name: String) -> Bool {
        guard (2...16).contains(name.utf8.count), let first = name.utf8.first else { return false }
        let letters = UInt8(ascii: "a")...UInt8(ascii: "z")
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        return letters.contains(first) && name.utf8.allSatisfy { letters.contains($0) || digits.contains($0) }
    }
}
