import GatewayCore
import JSON
import MCPModel

/// Answers for the gateway's own tools in one view: what they find is what the caller may see there, and no more.
struct GatewayToolProvider: ToolProvider {
    let catalog: Catalog
    let view: View

    func call(_ call: ProviderCall) async -> ProviderReply {
        guard let arguments = try? JSONDocument(parsing: Array(call.arguments)).root else {
            return .failure(Self.fault)
        }
        if call.tool == ToolDescription.verifyProvenance.localName {
            return await verify(ProvenanceQuestion(arguments), of: call.principal)
        }
        if call.tool == ToolDescription.searchAudit.localName {
            return await search(AuditSearchInput(arguments), for: call.principal, call.budgetBytes)
        }
        let visible = catalog.visibleTools(in: view, for: call.principal)
        return switch call.tool {
        case ToolDescription.findTools.localName: find(FindToolsInput(arguments), among: visible)
        case ToolDescription.routeQuestion.localName: route(arguments["question"]?.string ?? "", among: visible)
        case ToolDescription.describeTool.localName:
            describe(arguments["name"]?.string ?? "", among: visible, call.form)
        // A call inside a call is carried out in its place and never comes here.
        default: .failure(Self.fault)
        }
    }

    private func find(_ input: FindToolsInput, among visible: VisibleTools) -> ProviderReply {
        if let namespace = input.namespace, !visible.namespaces.contains(where: { $0.name == namespace }) {
            return .failure(.unknownNamespace(among: visible.namespaces.map(\.name)))
        }
        let found = visible.search(input.query, namespace: input.namespace, limit: input.limit)
        return .result(ProviderResult(structured: FindToolsAnswer(found).bytes))
    }

    private func route(_ question: String, among visible: VisibleTools) -> ProviderReply {
        .result(ProviderResult(structured: RouteQuestionAnswer(question, among: visible).bytes))
    }

    private func describe(_ name: String, among visible: VisibleTools, _ form: ToolForm) -> ProviderReply {
        guard let definition = visible.definition(of: name, form) else { return .failure(.unknownTool) }
        return .result(ProviderResult(structured: definition))
    }

    /// A result of somebody else is answered as one that there never was.
    private func verify(_ question: ProvenanceQuestion?, of principal: Principal) async -> ProviderReply {
        guard let question, let provenance = catalog.provenance else { return .failure(Self.fault) }
        switch await provenance.finding(question.id, of: principal, values: question.values) {
        case .known(let known): return .result(ProviderResult(structured: question.answer(known)))
        case .unknown: return .failure(.unknownResult)
        case .unavailable:
            return .failure(GatewayError(.unavailable, "Results cannot be looked up now.", hint: "Try again later."))
        }
    }

    /// What the trail says of the namespaces that the caller is an officer of; of others, as of ones there are not.
    private func search(_ input: AuditSearchInput, for principal: Principal, _ budget: Int) async -> ProviderReply {
        let readable = catalog.officers.namespaces(readBy: principal, in: view)
        let wanted = input.namespace.map { readable.intersection([$0]) } ?? readable
        guard !wanted.isEmpty, let audit = catalog.audit else {
            return .failure(.unreadNamespace(among: readable.sorted()))
        }
        // A quarter is for what stands around the lines.
        switch await audit.search(input.question(of: wanted, budgetBytes: budget / 4 * 3)) {
        case .lines(let lines, let cursor):
            return .result(ProviderResult(structured: input.answer(lines, nextCursor: cursor)))
        case .badCursor: return .failure(.badAuditCursor)
        case .busy: return .failure(.auditBusy)
        case .unavailable:
            return .failure(GatewayError(.unavailable, "The audit trail cannot be read now.", hint: "Try again later."))
        }
    }

    private static let fault = GatewayError(.internal, "The gateway could not read the call.")
}

extension GatewayError {
    /// The same for a tool that is hidden and for one that there is not.
    fileprivate static let unknownTool = GatewayError(
        .notFound,
        "There is no tool of this name.",
        hint: "Names come from beamline_find_tools; give one exactly as it was found."
    )

    fileprivate static let unknownResult = GatewayError(
        .notFound,
        "There is no result of yours with this id, or it is too old to be remembered.",
        hint: "Ids stand in _meta[\"\(ProvenanceID.metaKey)\"] of results; only your own calls can be verified."
    )

    fileprivate static let badAuditCursor = GatewayError(
        .invalidArgument,
        "cursor: it is not one of this search, or too old.",
        hint: "Leave it out to begin with the newest lines."
    )

    fileprivate static let auditBusy = GatewayError(
        .rateLimited,
        "The audit trail is being searched by others.",
        retryAfterMilliseconds: 1000
    )

    fileprivate static func unreadNamespace(among namespaces: [String]) -> GatewayError {
        GatewayError(
            .invalidArgument,
            "namespace: you are no officer of such an experiment.",
            hint: "Leave it out, or give one of: \(namespaces.joined(separator: ", "))."
        )
    }

    /// How many namespaces an answer names.
    private static let namedNamespaces = 20

    fileprivate static func unknownNamespace(among namespaces: [String]) -> GatewayError {
        let known = namespaces.prefix(namedNamespaces).joined(separator: ", ")
        return GatewayError(
            .invalidArgument,
            "namespace: there are no tools of this namespace.",
            hint: known.isEmpty ? nil : "Leave it out, or give one of: \(known)."
        )
    }
}
