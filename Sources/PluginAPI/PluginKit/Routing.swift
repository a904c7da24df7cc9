public import JSON

/// Which questions the tools of a plugin answer, so that the host can lead a question to the experiment, the tool and the
/// arguments it needs.
public struct Routing: Hashable, Sendable {
    /// A kind of number that names something, such as that of a job.
    public struct Identifier: Hashable, Sendable {
        let name: String
        let words: [String]
        let range: ClosedRange<Int>?

        /// Creates a kind of number: its name, the words beside a number that say that it is one, in small letters, and the
        /// numbers that there are; without a range any may be one.
        public init(_ name: String, words: [String], in range: ClosedRange<Int>? = nil) {
            self.name = name
            self.words = words
            self.range = range
        }
    }

    /// Questions that one tool answers.
    public struct Topic: Hashable, Sendable {
        /// The tool that answers.
        public let tool: String
        var phrases: [String] = []
        var identifier: String?
        var argument: String?
        var question: String?
        var days: String?
        var arguments: [String: JSONValue] = [:]

        /// Questions about something with a number, which goes to an argument; with phrases only those that have the words
        /// of one.
        public static func number(
            _ identifier: String,
            to tool: String,
            as argument: String,
            phrases: [String] = [],
            arguments: [String: JSONValue] = [:]
        ) -> Topic {
            Topic(
                tool: tool,
                phrases: phrases,
                identifier: identifier,
                argument: argument,
                arguments: arguments
            )
        }

        /// Questions with all the words of one of some phrases that mean something.
        ///
        /// `question` takes the question itself, `days` the days that one such as "last week" is about.
        public static func phrases(
            _ phrases: [String],
            to tool: String,
            question: String? = nil,
            days: String? = nil,
            arguments: [String: JSONValue] = [:]
        ) -> Topic {
            Topic(tool: tool, phrases: phrases, question: question, days: days, arguments: arguments)
        }
    }

    /// Words that name the experiment, in small letters; its namespace is always one.
    public let names: [String]
    /// The numbers that questions may hold.
    public let identifiers: [Identifier]
    /// What the tools answer.
    public let topics: [Topic]

    /// Creates a declaration.
    public init(names: [String] = [], identifiers: [Identifier] = [], topics: [Topic] = []) {
        self.names = names
        self.identifiers = identifiers
        self.topics = topics
    }

    /// Nil when nothing is said.
    var document: JSONValue? {
        guard self != Routing() else { return nil }
        return [
            "names": .array(names.map(JSONValue.string)),
            "identifiers": .array(identifiers.map(\.document)),
            "topics": .array(topics.map(\.document)),
        ]
    }
}

extension Routing.Identifier {
    fileprivate var document: JSONValue {
        var object = JSONObject()
        object["name"] = .string(name)
        object["words"] = .array(words.map(JSONValue.string))
        object["minimum"] = (range?.lowerBound).map(JSONValue.integer)
        object["maximum"] = (range?.upperBound).map(JSONValue.integer)
        return .object(object)
    }
}

extension Routing.Topic {
    fileprivate var document: JSONValue {
        var object = JSONObject()
        object["tool"] = .string(tool)
        if !phrases.isEmpty { object["phrases"] = .array(phrases.map(JSONValue.string)) }
        object["identifier"] = identifier.map(JSONValue.string)
        object["argument"] = argument.map(JSONValue.string)
        object["question"] = question.map(JSONValue.string)
        object["days"] = days.map(JSONValue.string)
        if !arguments.isEmpty {
            let members = arguments.sorted { $0.key < $1.key }.map { JSONObject.Member(name: $0.key, value: $0.value) }
            object["arguments"] = .object(JSONObject(members: members))
        }
        return .object(object)
    }
}
