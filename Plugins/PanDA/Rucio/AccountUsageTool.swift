import JSON
package import PluginKit

/// Tells how much of its quota an account uses.
package struct AccountUsageTool: Tool {
    package struct Input: Decodable, Sendable {
        let account: String?
        let limit: Int?
        let cursor: String?
    }

    private static let defaultLimit = 50

    package static let description = ToolDescription(
        name: "rucio_account_usage",
        title: "Quota of an account",
        summary: """
            How much an account of Rucio keeps at each storage element, its limits and what is left. Yours unless another \
            is named. Its rules: rucio_rules.
            """,
        input: .object([
            .optional("account", .string("The caller's user name unless given.", maximumLength: 64)),
            .optional("limit", .integer(minimum: 1, maximum: 500, default: defaultLimit)),
            .optional("cursor", .string(maximumLength: 64)),
        ]),
        output: .list(
            of: .object([
                .required("rse", .string("Storage element, or an expression for a limit over several.")),
                .required("used_bytes", .integer(minimum: 0)),
                .optional("files", .integer(minimum: 0)),
                .optional("limit_bytes", .integer("Absent without a limit.")),
                .optional("remaining_bytes", .integer("Absent without a limit.")),
            ]),
            summary: .object([
                .required("used_bytes", .integer("At all storage elements.", minimum: 0)),
                .required("files", .integer(minimum: 0)),
            ])
        )
    )

    package struct Item: Encodable, Sendable, PositionedItem {
        let rse: String
        let usedBytes: Int
        let files: Int?
        let limitBytes: Int?
        let remainingBytes: Int?
        var position: Int?

        private enum CodingKeys: String, CodingKey {
            case rse
            case usedBytes = "used_bytes"
            case files
            case limitBytes = "limit_bytes"
            case remainingBytes = "remaining_bytes"
        }

        init?(_ record: RucioRecord, name: String) {
            guard let rse = record.text(name, limit: 256) else { return nil }
            self.rse = rse
            usedBytes = max(0, record.integer("bytes") ?? 0)
            files = record.integer("files")
            // Without a limit Rucio says 0, or infinity in its own way.
            let limit = record.integer("bytes_limit").flatMap { $0 > 0 ? $0 : nil }
            limitBytes = limit
            remainingBytes = limit.flatMap { _ in record.balance("bytes_remaining") }
        }
    }

    private let source: RucioSource

    package init(source: RucioSource) {
        self.source = source
    }

    package func call(_ input: Input, in context: CallContext) async throws(ToolError) -> ListResult<Item> {
        guard let account = input.account ?? context.caller.username, RucioName.isPlain(account) else {
            throw ToolError(.invalidArgument, "account: must be letters, digits, dots, - and _.")
        }
        let page = try RucioPage(cursor: input.cursor, limit: input.limit ?? Self.defaultLimit)
        let path = "/accounts/\(RucioName.encoded(account))/usage"
        guard let local = try await source.lines(at: path + "/local", in: context) else {
            throw ToolError(
                .notFound,
                "Rucio has no account of this name.",
                hint: "Accounts are often the login name in small letters."
            )
        }
        let global = try await source.lines(at: path + "/global", in: context)?.records ?? []
        let items = local.records.compactMap { Item($0, name: "rse") }
            .sorted { ($1.usedBytes, $0.rse) < ($0.usedBytes, $1.rse) }
        let shared = global.compactMap { Item($0, name: "rse_expression") }
        return page.result(
            of: items + shared,
            isComplete: local.isComplete,
            filters: ["account": .string(account)].filters,
            hint: items.isEmpty && shared.isEmpty ? "It keeps nothing and has no limits." : nil,
            summary: [
                "used_bytes": .integer(RucioRecord.sum(items.map(\.usedBytes))),
                "files": .integer(RucioRecord.sum(items.map(\.files))),
            ],
            in: context
        )
    }
}
