/// Answers as a data source that its manifest offers (`provides`): a plugin, for its own namespace and those the site
/// binds it to.
package protocol SourceProviding: Sendable {
    /// The names it answers to.
    var providedSources: Set<String> { get }

    /// Answers one operation by its deadline, with the JSON text of the operation's reply: not yet checked.
    func answer(_ question: SourceQuestion) async throws(SourceError) -> [UInt8]
}

/// One operation on a source that a plugin answers for.
///
/// Nobody's principal comes with it: the source serves a namespace, and the namespace's own rules let its callers in.
package struct SourceQuestion: Sendable {
    /// A name of the manifest's `provides`.
    package let source: String
    /// `{"op":"query"|"request", …}` with the members of that operation.
    package let body: [UInt8]
    package let deadline: Deadline
    /// Whose plugin asks.
    package let namespace: String
    package let requestID: RequestID
    package let trace: TraceContext?

    package init(
        source: String,
        body: [UInt8],
        deadline: Deadline,
        namespace: String,
        requestID: RequestID,
        trace: TraceContext? = nil
    ) {
        self.source = source
        self.body = body
        self.deadline = deadline
        self.namespace = namespace
        self.requestID = requestID
        self.trace = trace
    }
}
