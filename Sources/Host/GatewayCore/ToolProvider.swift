/// What answers for an item: a plugin in process, a plugin in a worker, an upstream server, the gateway itself.
///
/// Nothing but bytes and numbers crosses, so that every implementation can stand behind a socket.
package protocol ToolProvider: CallNarrowing {
    /// Calls one tool and waits for its answer.
    ///
    /// Ends by the call's deadline whatever the provider does. When the task is cancelled the provider is told and the
    /// answer, if any, is dropped. Failures are answers, so nothing is thrown.
    func call(_ call: ProviderCall) async -> ProviderReply
}

/// One call of one tool, as a provider sees it.
package struct ProviderCall: Sendable {
    package let requestID: RequestID
    /// The tool's local name, without the namespace.
    package let tool: String
    /// The client's arguments: one JSON object, already validated against the tool's input schema.
    package let arguments: ArraySlice<UInt8>
    /// Who calls; the provider translates roles and scopes into its namespace's local words.
    package let principal: Principal
    /// The path the call came by.
    package let viewPath: String
    package let deadline: Deadline
    /// How large `structured` should stay, in bytes.
    package let budgetBytes: Int
    /// The gateway's own span in the caller's trace; nil when the caller has none.
    package let trace: TraceContext?
    /// Who hears what the tool says before it answers; nil when nobody asked.
    package let listener: CallListener?
    /// The form in which the client reads definitions of tools.
    package let form: ToolForm
    /// What was asked and answered on its behalf until now.
    package let interaction: Interaction

    package init(
        requestID: RequestID,
        tool: String,
        arguments: ArraySlice<UInt8>,
        principal: Principal,
        viewPath: String,
        deadline: Deadline,
        budgetBytes: Int,
        trace: TraceContext? = nil,
        listener: CallListener? = nil,
        form: ToolForm = .full,
        interaction: Interaction = Interaction()
    ) {
        self.requestID = requestID
        self.tool = tool
        self.arguments = arguments
        self.principal = principal
        self.viewPath = viewPath
        self.deadline = deadline
        self.budgetBytes = budgetBytes
        self.trace = trace
        self.listener = listener
        self.form = form
        self.interaction = interaction
    }
}

/// What a provider answered.
///
/// All byte arrays were checked to be one well-formed JSON text of the kind named.
package enum ProviderReply: Sendable {
    /// The tool answered, or failed in its own words (`isError`).
    case result(ProviderResult)
    /// The tool failed in one of the contract's words.
    case failure(GatewayError)
    /// The tool needs to know something first; it will be called again from the start.
    case question(ProviderQuestion)

    var question: ProviderQuestion? {
        if case .question(let question) = self { question } else { nil }
    }

    /// Whether the call did not do what was wanted.
    var hasFailed: Bool {
        switch self {
        case .result(let result): result.isError
        case .failure: true
        case .question: false
        }
    }
}

/// The parts of a tool's answer, ready to be spliced into a response.
package struct ProviderResult: Sendable {
    /// Any JSON value, or empty when the tool has none.
    package let structured: [UInt8]
    /// A JSON array of content blocks, or empty: the host makes one text block of `structured`.
    package let content: [UInt8]
    /// A JSON object merged into `_meta`, or empty.
    package let meta: [UInt8]
    /// Whether the tool failed in its own words.
    package let isError: Bool

    package init(structured: [UInt8], content: [UInt8] = [], meta: [UInt8] = [], isError: Bool = false) {
        self.structured = structured
        self.content = content
        self.meta = meta
        self.isError = isError
    }
}
