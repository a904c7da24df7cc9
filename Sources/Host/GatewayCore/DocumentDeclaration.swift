/// A collection of documents that a plugin wants to search, and how.
package struct DocumentDeclaration: Hashable, Sendable {
    /// An answer that the plugin's authors chose for questions whose words do not lead to it.
    package struct Entry: Hashable, Sendable {
        /// Ways to ask.
        package let questions: [String]
        /// The path of the document that answers.
        package let document: String
        /// The heading of the section that answers; nil for the beginning.
        package let section: String?
        package let url: String?
        /// What the authors answer themselves; nil to show the section.
        package let text: String?

        package init(questions: [String], document: String, section: String?, url: String?, text: String?) {
            self.questions = questions
            self.document = document
            self.section = section
            self.url = url
            self.text = text
        }
    }

    /// The plugin's name for it.
    package let name: String
    /// How much more a word counts in a heading than in the text.
    package let titleWeight: Double
    /// Groups of words and phrases that mean the same.
    package let synonyms: [[String]]
    package let entries: [Entry]

    package init(name: String, titleWeight: Double = 3, synonyms: [[String]] = [], entries: [Entry] = []) {
        self.name = name
        self.titleWeight = titleWeight
        self.synonyms = synonyms
        self.entries = entries
    }
}
