package import JSON

/// One request to call a tool, whoever sent it and however.
package struct ToolCall: Sendable {
    package let requestID: RequestID
    package let principal: Principal
    package let view: View
    /// The name as the view shows it.
    package let name: String
    /// The arguments as the client sent them: an object.
    package let arguments: JSONNode
    /// The gateway's own span in the caller's trace; nil when the caller has none.
    package let trace: TraceContext?
    /// Who hears what the tool says before it answers; nil when nobody asked.
    package let listener: CallListener?
    /// The form in which the client reads definitions of tools.
    package let form: ToolForm
    /// What was asked and answered on its behalf until now.
    package let interaction: Interaction
    /// The header fields that came with the call; nil where none repeat arguments.
    package let fields: (any ParameterFields)?

    package init(
        requestID: RequestID,
        principal: Principal,
        view: View,
        name: String,
        arguments: JSONNode,
        trace: TraceContext? = nil,
        listener: CallListener? = nil,
        form: ToolForm = .full,
        interaction: Interaction = Interaction(),
        fields: (any ParameterFields)? = nil
    ) {
        self.requestID = requestID
        self.principal = principal
        self.view = view
        self.name = name
        self.arguments = arguments
        self.trace = trace
        self.listener = listener
        self.form = form
        self.interaction = interaction
        self.fields = fields
    }

    /// The call that the arguments describe: the name of another tool, and its arguments.
    ///
    /// Its client knows the outer tool only, and repeats nothing in header fields.
    var wrapped: ToolCall? {
        guard let name = arguments["name"]?.string else { return nil }
        var inner = arguments["arguments"]
        if inner?.isNull != false { inner = try? JSONDocument(parsing: Array("{}".utf8)).root }
        guard let inner else { return nil }
        return ToolCall(
            requestID: requestID,
            principal: principal,
            view: view,
            name: name,
            arguments: inner,
            trace: trace,
            listener: listener,
            form: form,
            interaction: interaction
        )
    }
}
