/// Refuses roles and scopes that no enabled plugin has: a mistyped one would only look like a missing right.
enum KnownWords {
    /// `option` is the option the words came by, such as `--role`.
    static func check(_ words: [String], _ option: String, among known: [String]) throws {
        for word in words where !known.contains(word) {
            let what = option.dropFirst(2)
            let all = known.joined(separator: ", ")
            throw CommandFailure.usage("\(option): no plugin has the \(what) \(word); there are: \(all).")
        }
    }
}
