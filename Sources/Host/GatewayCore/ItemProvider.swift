/// What answers for resources and prompts: a plugin, an upstream server, the gateway itself.
///
/// Nothing but bytes and numbers crosses, so that every implementation can stand behind a socket.
package protocol ItemProvider: Sendable {
    /// Answers one request by its deadline; failures are answers.
    func answer(_ request: ItemRequest) async -> ItemReply
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
}
