import JSON

/// A collection of documents that a plugin wants to search; the site binds the name to one it has indexed.
public struct DocumentCollection: Hashable, Sendable {
    /// An answer that the plugin's authors choose for questions whose words do not lead to it.
    public struct Entry: Hashable, Sendable {
        let questions: [String]
        let document: String
        let section: String?
        let url: String?
        let text: String?

        /// Leads questions, and others that have most of their words in common with them, to a section of a document.
        ///
        /// The document is named by its path in the collection, the section by its heading; without one the document's
        /// beginning is shown.
        public static func see(_ questions: [String], document: String, section: String? = nil) -> Entry {
            Entry(questions: questions, document: document, section: section, url: nil, text: nil)
        }

        /// Answers questions in the authors' own words, at most 2000 bytes of them.
        ///
        /// `document` is what the answer is said to come from, `url` where there is more.
        public static func say(_ questions: [String], _ text: String, document: String, url: String? = nil) -> Entry {
            Entry(questions: questions, document: document, section: nil, url: url, text: text)
        }
    }

    /// The plugin's name for it.
    public let name: String
    /// How much more a word counts in a heading than in the text.
    public let titleWeight: Double
    /// Groups of words and phrases that mean the same.
    public let synonyms: [[String]]
    /// Answers chosen by hand.
    public let entries: [Entry]

    /// Creates a collection.
    public init(_ name: String, titleWeight: Double = 3, synonyms: [[String]] = [], entries: [Entry] = []) {
        self.name = name
        self.titleWeight = titleWeight
        self.synonyms = synonyms
        self.entries = entries
    }

    var document: JSONValue {
        [
            "name": .string(name),
            "title_weight": titleWeight == titleWeight.rounded() ? .integer(Int(titleWeight)) : .double(titleWeight),
            "synonyms": .array(synonyms.map { .array($0.map(JSONValue.string)) }),
            "entries": .array(entries.map(\.documentMember)),
        ]
    }
}

extension DocumentCollection.Entry {
    fileprivate var documentMember: JSONValue {
        var object = JSONObject()
        object["questions"] = .array(questions.map(JSONValue.string))
        object["document"] = .string(document)
        object["section"] = section.map(JSONValue.string)
        object["url"] = url.map(JSONValue.string)
        object["text"] = text.map(JSONValue.string)
        return .object(object)
    }
}

/// A piece of a document that may answer a question; its text is untrusted.
public struct DocumentPassage: Hashable, Sendable {
    /// The document's path in the collection.
    public let document: String
    /// The headings above the piece.
    public let section: String
    /// Where to read on.
    public let url: String?
    /// The piece itself.
    public let text: String
    /// The higher the better; comparable within one answer only.
    public let score: Double
}

/// A collection of documents as one call reaches it.
public struct Documents: Sendable {
    /// The name the manifest gives it.
    public let name: String
    private let source: DataSource

    init(name: String, host: any HostCalling) {
        self.name = name
        source = DataSource(name: name, host: host)
    }

    /// The passages that fit a question best, the best first; nothing found is an answer.
    /// - Throws: `ToolError` with words fit for the caller; `not_found` when the site has no such documents.
    public func search(_ question: String, limit: Int = 5) async throws(ToolError) -> [DocumentPassage] {
        let body: JSONValue = [
            "collection": .string(name), "query": .string(question), "limit": .integer(limit),
        ]
        let answer = try await source.reply(to: "documents.search", body.serialized)
        guard let passages = answer["passages"], passages.kind == .array else {
            throw ToolError(.internal, "The gateway answered in a form this plugin cannot read.")
        }
        return passages.elements.map { passage in
            DocumentPassage(
                document: passage["document"]?.string ?? "",
                section: passage["section"]?.string ?? "",
                url: passage["url"]?.string,
                text: passage["text"]?.string ?? "",
                score: passage["score"]?.double ?? 0
            )
        }
    }
}

extension CallContext {
    /// A collection of documents the manifest names; the site indexes and binds it.
    public func documents(_ name: String) -> Documents {
        Documents(name: name, host: host)
    }
}
