import JSON
package import PluginKit

/// Lists the rules of data or of an account.
package struct RulesTool: Tool {
    package struct Input: Decodable, Sendable {
        let did: String?
        let account: String?
        let state: String?
        let limit: Int?
        let cursor: String?
    }

    private static let defaultLimit = 50

    package static let description = ToolDescription(
        name: "rucio_rules",
        title: "List replication rules",
        summary: """
            The rules that keep a dataset, container or file of Rucio, or those of an account, with their state. Why one \
            is stuck: rucio_rule.
            """,
        input: .object([
            .optional("did", RucioName.didSchema),
            .optional("account", .string("Instead of did.", maximumLength: 64)),
            .optional("state", .choice(RucioRule.states)),
            .optional("limit", .integer(minimum: 1, maximum: 500, default: defaultLimit)),
            .optional("cursor", .string(maximumLength: 64)),
        ]),
        output: .list(
            of: .object(RucioRule.properties),
            summary: .dictionary(of: .integer(minimum: 0), "State → rules, before the filter by state.")
        )
    )

    private let source: RucioSource

    package init(source: RucioSource) {
        self.source = source
    }

    package func call(_ input: Input, in context: CallContext) async throws(ToolError) -> ListResult<RucioRule> {
        let page = try RucioPage(cursor: input.cursor, limit: input.limit ?? Self.defaultLimit)
        guard let lines = try await lines(input, in: context) else { throw ToolError.noSuchData }
        let rules = lines.records.compactMap(RucioRule.init)
            .sorted { ($1.created?.microseconds ?? 0, $0.id) < ($0.created?.microseconds ?? 0, $1.id) }
        let counts = Dictionary(rules.map { ($0.state, 1) }, uniquingKeysWith: +)
        let shown = rules.filter { input.state == nil || $0.state == input.state }
        return page.result(
            of: shown,
            isComplete: lines.isComplete,
            filters: [
                "did": input.did.map(JSONValue.string), "account": input.account.map(JSONValue.string),
                "state": input.state.map(JSONValue.string),
            ].filters,
            hint: Self.hint(isEmpty: shown.isEmpty, hasOthers: !rules.isEmpty, isOfData: input.did != nil),
            summary: .counts(counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { ($0.key, $0.value) }),
            in: context
        )
    }

    private static func hint(isEmpty: Bool, hasOthers: Bool, isOfData: Bool) -> String? {
        switch (isEmpty, hasOthers, isOfData) {
        case (false, _, _): nil
        case (true, true, _): "There are rules, but none in this state."
        case (true, false, true): "There are no rules; data that has none may be deleted at any time."
        case (true, false, false): "The account has no rules."
        }
    }

    private func lines(_ input: Input, in context: CallContext) async throws(ToolError) -> RucioSource.Lines? {
        switch (input.did, input.account) {
        case (let did?, nil):
            return try await source.lines(at: RucioName.DID(did).path(below: "dids") + "/rules", in: context)
        case (nil, let account?):
            guard RucioName.isPlain(account) else {
                throw ToolError(.invalidArgument, "account: must be letters, digits, dots, - and _.")
            }
            return try await source.lines(at: "/rules/", query: [("account", account)], in: context)
        default: throw ToolError(.invalidArgument, "did and account: give one of them.")
        }
    }
}
