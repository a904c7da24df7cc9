/// Why a statement is not sent to a source that may only be read.
enum StatementRefusal: Error, Hashable {
    case empty
    case severalStatements
    /// A string, a quoted name or a comment does not end.
    case unfinished
    /// A NUL character.
    case unprintable
    /// It does something else than read; the word that says so, in capitals.
    case notReading(String)

    /// One sentence that says what to do.
    var message: String {
        switch self {
        case .empty: "The statement is empty."
        case .severalStatements: "Send one statement per query."
        case .unfinished: "A string, a quoted name or a comment in the statement does not end."
        case .unprintable: "The statement contains a NUL character."
        case .notReading(let word):
            "\(word) is refused: this source can only be read, by one SELECT, WITH or VALUES statement."
        }
    }
}
