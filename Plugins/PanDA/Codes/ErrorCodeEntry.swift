/// One line of an error code table.
package struct ErrorCodeEntry: Hashable, Sendable {
    package let code: Int
    /// The name the code has in the software that sets it; may be empty.
    package let acronym: String
    /// What it says.
    package let meaning: String

    init(_ code: Int, _ acronym: String, _ meaning: String) {
        self.code = code
        self.acronym = acronym
        self.meaning = meaning
    }
}
