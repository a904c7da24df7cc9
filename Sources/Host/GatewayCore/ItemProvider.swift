/// What answers for resources and prompts: a plugin, an upstream server, the gateway itself.
///
/// Nothing but bytes and numbers crosses, so that every implementation can stand behind a socket.
package protocol ItemProvider: CallNarrowing {
    /// Answers one request by its deadline; failures are answers.
    func answer(_ request: ItemRequest) async -> ItemReply

    /// Watches a resource on behalf of all who listen, until the task is cancelled or it cannot be watched any more.
    ///
    /// The provider says by its own way each time the resource has changed.
    func watch(_ request: WatchRequest) async -> WatchEnd
}

extension ItemProvider {
    /// Watches nothing: for providers that say of changes without being asked, and for those that never do.
    package func watch(_ request: WatchRequest) async -> WatchEnd { .unasked }
}

/// A resource to be watched, for nobody in particular: those who listen were let in before.
package struct WatchRequest: Hashable, Sendable {
    /// A local URI.
    package let uri: String
    /// A JSON object: the same as of a request to read the resource.
    package let body: [UInt8]

    package init(uri: String, body: [UInt8]) {
        self.uri = uri
        self.body = body
    }
}

/// How watching a resource ended.
package enum WatchEnd: Hashable, Sendable {
    /// The provider says of changes without being asked, if it says of them at all.
    case unasked
    /// It cannot be watched now, or is not wanted any more.
    case over
}

/// One request about an item that is not a tool, as a provider sees it.
package struct ItemRequest: Sendable {
    /// What is asked.
    package enum Question: Hashable, Sendable {
        /// The contents of a resource.
        case read
        /// The messages of a prompt.
        case prompt
        /// Values for an argument of a prompt or a variable of a template.
        case complete
    }

    package let requestID: RequestID
    package let question: Question
    /// A local URI, a prompt's local name or, for `complete`, a prompt's local name or a local template.
    package let name: String
    /// A JSON object: nothing for `read`, the arguments for `prompt`, argument and context for `complete`.
    package let body: [UInt8]
    package let principal: Principal
    package let viewPath: String
    package let deadline: Deadline
    package let budgetBytes: Int
    package let trace: TraceContext?
    /// What was asked and answered on its behalf until now.
    package let interaction: Interaction

    package init(
        requestID: RequestID,
        question: Question,
        name: String,
        body: [UInt8],
        principal: Principal,
        viewPath: String,
        deadline: Deadline,
        budgetBytes: Int,
        trace: TraceContext? = nil,
        interaction: Interaction = Interaction()
    ) {
        self.requestID = requestID
        self.question = question
        self.name = name
        self.body = body
        self.principal = principal
        self.viewPath = viewPath
        self.deadline = deadline
        self.budgetBytes = budgetBytes
        self.trace = trace
        self.interaction = interaction
    }
}

/// What a provider answered about an item.
package enum ItemReply: Sendable {
    /// A JSON object in the shape of the question: `contents`, `messages` or `values`; checked to be well formed.
    case result(structured: [UInt8], meta: [UInt8])
    case failure(GatewayError)
    /// Something must be known first; the request will come again. Never about `complete`.
    case question(ProviderQuestion)

    var question: ProviderQuestion? {
        if case .question(let question) = self { question } else { nil }
    }

    /// Whether the request did not do what was wanted.
    var hasFailed: Bool {
        if case .failure = self { true } else { false }
    }
}
