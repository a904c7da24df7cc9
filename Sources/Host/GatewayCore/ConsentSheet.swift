/// What a person reads before they agree to a call: nothing in it hides or reorders the words around it.
package struct ConsentSheet: Hashable, Sendable, Codable {
    /// An argument by its name.
    package struct Line: Hashable, Sendable, Codable {
        package let name: String
        package let value: String

        package init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    /// What is asked, one sentence.
    package let question: String
    package let arguments: [Line]

    package init(question: String, arguments: [Line]) {
        self.question = question
        self.arguments = arguments
    }

    /// The same as one text.
    var text: String { arguments.reduce(question) { $0 + "\n\($1.name): \($1.value)" } }
}
