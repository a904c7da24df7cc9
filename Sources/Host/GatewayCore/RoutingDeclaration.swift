package import JSON

/// What a plugin says of the questions that its tools answer, so that a question leads to a tool and its arguments.
package struct RoutingDeclaration: Hashable, Sendable {
    /// A kind of number that names something, such as that of a job.
    package struct Identifier: Hashable, Sendable {
        package let name: String
        /// Words that say what a number beside them is, in small letters.
        package let words: [String]
        /// The numbers that there are; nil when any number may be one.
        package let range: ClosedRange<Int>?

        package init(name: String, words: [String], range: ClosedRange<Int>?) {
            self.name = name
            self.words = words
            self.range = range
        }
    }

    /// Questions that one tool answers.
    package struct Topic: Hashable, Sendable {
        /// The local name of the tool.
        package let tool: String
        /// Ways to ask; a question has one of them when it has all its words that mean something.
        package let phrases: [String]
        /// The kind of number the question is about; nil when about none.
        package let identifier: String?
        /// Takes the number.
        package let argument: String?
        /// Takes the question itself.
        package let question: String?
        /// Takes the days that a question such as "last week" is about.
        package let days: String?
        /// Arguments that are always the same.
        package let arguments: JSONObject

        package init(
            tool: String,
            phrases: [String] = [],
            identifier: String? = nil,
            argument: String? = nil,
            question: String? = nil,
            days: String? = nil,
            arguments: JSONObject = JSONObject()
        ) {
            self.tool = tool
            self.phrases = phrases
            self.identifier = identifier
            self.argument = argument
            self.question = question
            self.days = days
            self.arguments = arguments
        }
    }

    /// Words that name the experiment, in small letters; its namespace is always one.
    package let names: [String]
    package let identifiers: [Identifier]
    package let topics: [Topic]

    package init(names: [String] = [], identifiers: [Identifier] = [], topics: [Topic] = []) {
        self.names = names
        self.identifiers = identifiers
        self.topics = topics
    }
}
