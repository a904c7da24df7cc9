import JSON

/// What a client can be asked, and what was asked and answered on behalf of a call until now.
public struct Conversation: Hashable, Sendable {
    /// What a client can be asked.
    public struct Abilities: OptionSet, Hashable, Sendable {
        /// One bit for each.
        public let rawValue: UInt8

        /// Takes the bits.
        public init(rawValue: UInt8) {
            self.rawValue = rawValue
        }

        /// It shows the user a form.
        public static let form = Abilities(rawValue: 1)
        /// It asks the user to open a link.
        public static let link = Abilities(rawValue: 2)
        /// It lets its model write something.
        public static let sampling = Abilities(rawValue: 4)
        /// It says which folders it works on.
        public static let roots = Abilities(rawValue: 8)
    }

    /// What the client can be asked.
    public let abilities: Abilities
    /// The answers by key.
    public let answers: [String: Answer]
    /// What the call wanted to remember when it asked last.
    public let memory: String?
    /// Whether the user agreed to the call as such; nil when nobody asked.
    public let consent: Bool?
    /// What the user said to the statements of ``CallContext/consent(to:_:details:)``.
    public let agreements: [Agreement]

    /// What the user said to a statement.
    public struct Agreement: Hashable, Sendable {
        let action: String
        let target: String
        let details: String?
        let isGranted: Bool

        /// Creates an agreement to a statement, or its refusal.
        public init(to action: String, _ target: String, details: String? = nil, isGranted: Bool) {
            self.action = action
            self.target = target
            self.details = details
            self.isGranted = isGranted
        }
    }

    /// Creates a conversation; without arguments, of a client that cannot be asked.
    public init(
        abilities: Abilities = [],
        answers: [String: Answer] = [:],
        memory: String? = nil,
        consent: Bool? = nil,
        agreements: [Agreement] = []
    ) {
        self.abilities = abilities
        self.answers = answers
        self.memory = memory
        self.consent = consent
        self.agreements = agreements
    }

    /// Reads the context object of a request.
    init(_ context: JSONNode) {
        var abilities: Abilities = []
        if let declared = context["client_capabilities"] {
            if declared["elicitation"]?["form"] != nil { abilities.insert(.form) }
            if declared["elicitation"]?["url"] != nil { abilities.insert(.link) }
            if declared["sampling"] != nil { abilities.insert(.sampling) }
            if declared["roots"] != nil { abilities.insert(.roots) }
        }
        var answers: [String: Answer] = [:]
        if let members = context["input_responses"]?.members {
            for member in members { answers[member.name] = Answer(member.value) }
        }
        self.init(
            abilities: abilities,
            answers: answers,
            memory: context["state"]?.string,
            consent: context["consent"]?["action"] == nil ? context["consent"]?["granted"]?.bool : nil,
            agreements: Self.agreements(context["consents"])
        )
    }

    private static func agreements(_ list: JSONNode?) -> [Agreement] {
        (list?.elements).map { elements in
            elements.map { agreement in
                Agreement(
                    to: agreement["action"]?.string ?? "",
                    agreement["target"]?.string ?? "",
                    details: agreement["details"]?.string,
                    isGranted: agreement["granted"]?.bool ?? false
                )
            }
        } ?? []
    }
}

/// Asking ends the call: when the answer is there it begins again from the start, perhaps in another process.
///
/// So ask before you act, and do not catch what these functions throw.
extension CallContext {
    /// The answer to a question; asks when there is none yet.
    /// - Throws: a `ToolError` that carries the question to the host.
    public func ask(_ question: Question, remembering memory: String? = nil) throws(ToolError) -> Answer {
        guard let answer = conversation.answers[question.key] else {
            throw ToolError(asking: [question], remembering: memory ?? conversation.memory)
        }
        return answer
    }

    /// The answers to several questions, asked at once.
    /// - Throws: a `ToolError` that carries the questions without an answer to the host.
    public func ask(_ questions: [Question], remembering memory: String? = nil) throws(ToolError) -> [String: Answer] {
        let open = questions.filter { conversation.answers[$0.key] == nil }
        guard open.isEmpty else { throw ToolError(asking: open, remembering: memory ?? conversation.memory) }
        let keys = Set(questions.map(\.key))
        return conversation.answers.filter { keys.contains($0.key) }
    }

    /// Whether the user agrees that the call does something: `action` is a verb, `target` what it is done to.
    ///
    /// The answer is to these words alone; other words are asked about again. A tool whose rule demands consent, or that
    /// destroys something, has the user's agreement to its arguments already.
    /// - Throws: a `ToolError` that carries the question to the host.
    public func consent(
        to action: String,
        _ target: String,
        details: String? = nil
    ) throws(ToolError) -> Bool {
        for agreement in conversation.agreements
        where agreement.action == action && agreement.target == target && agreement.details == details {
            return agreement.isGranted
        }
        throw ToolError(askingConsentTo: action, target, details: details)
    }
}

extension ToolError {
    /// What was not answered yet.
    init(asking questions: [Question], remembering memory: String?) {
        var requests = JSONObject()
        for question in questions {
            requests[question.key] = ["method": .string(question.method), "params": question.parameters]
        }
        var body: JSONObject = JSONObject()
        body["inputRequests"] = .object(requests)
        if let memory { body["state"] = .string(memory) }
        self.init(asked: .object(body))
    }

    init(askingConsentTo action: String, _ target: String, details: String?) {
        var consent = JSONObject()
        consent["action"] = .string(action)
        consent["target"] = .string(target)
        if let details { consent["details"] = .string(details) }
        self.init(asked: ["consent": .object(consent)])
    }
}
