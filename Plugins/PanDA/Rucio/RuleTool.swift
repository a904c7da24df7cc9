import JSON
package import PluginKit

/// Tells how one rule stands, and what holds it up.
package struct RuleTool: Tool {
    package struct Input: Decodable, Sendable {
        let rule_id: String
    }

    private static let mostStorageElements = 50
    private static let mostFiles = 5
    private static let idLength = 32

    package static let description = ToolDescription(
        name: "rucio_rule",
        title: "Study a replication rule",
        summary: """
            One replication rule of Rucio: state, files done, on the way and stuck by storage element, and for one that \
            is not done the transfers that fail. Rules of data: rucio_rules.
            """,
        input: .object([.required("rule_id", .string("32 hexadecimal digits.", maximumLength: 64))]),
        output: .object(
            RucioRule.properties + [
                .required(
                    "locks_by_rse",
                    .array(
                        of: .object([
                            .required("rse", .string("Storage element.")), .required("state", .string()),
                            .required("files", .integer(minimum: 0)),
                        ]),
                        "The files it keeps by storage element and state, the most first."
                    )
                ),
                .required("locks_complete", .boolean("False when not all files were counted.")),
                .required("waiting_files", .array(of: .string(), "Some of the files that are not there yet.")),
                .required(
                    "failing_transfers",
                    .array(
                        of: .object([
                            .optional("did", .string()), .optional("rse", .string("Where it is to go.")),
                            .optional("attempts", .integer(minimum: 0)), .optional("last_time", .time()),
                            .optional("last_source", .string()),
                            .optional("last_error", .untrustedText("What the transfer ended with.")),
                        ])
                    )
                ),
                .optional("analysis", .untrustedText("What Rucio says of the rule.")),
                .required("as_of", .time("When Rucio was asked.")),
                .required("monitor_urls", .array(of: .link)),
            ]
        )
    )

    package struct Output: Encodable, Sendable {
        struct Group: Encodable, Sendable {
            let rse: String
            let state: String
            let files: Int
        }

        struct Transfer: Encodable, Sendable {
            let did: String?
            let rse: String?
            let attempts: Int?
            let lastTime: Timestamp?
            let lastSource: String?
            let lastError: String?

            private enum CodingKeys: String, CodingKey {
                case did, rse, attempts
                case lastTime = "last_time"
                case lastSource = "last_source"
                case lastError = "last_error"
            }

            init(_ record: RucioRecord) {
                did = record.did
                rse = record.text("rse", limit: 64)
                attempts = record.integer("attempts")
                lastTime = record.time("last_time")
                lastSource = record.text("last_source", limit: 64)
                lastError = record.text("last_error")
            }
        }

        let rule: RucioRule
        let groups: [Group]
        let isComplete: Bool
        let waiting: [String]
        let transfers: [Transfer]
        let analysis: String?
        let asOf: Timestamp

        private enum CodingKeys: String, CodingKey {
            case groups = "locks_by_rse"
            case isComplete = "locks_complete"
            case waiting = "waiting_files"
            case transfers = "failing_transfers"
            case analysis
            case asOf = "as_of"
            case monitorURLs = "monitor_urls"
        }

        package func encode(to encoder: any Encoder) throws {
            try rule.encode(to: encoder)
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(groups, forKey: .groups)
            try container.encode(isComplete, forKey: .isComplete)
            try container.encode(waiting, forKey: .waiting)
            try container.encode(transfers, forKey: .transfers)
            try container.encodeIfPresent(analysis, forKey: .analysis)
            try container.encode(asOf, forKey: .asOf)
            try container.encode([Link](), forKey: .monitorURLs)
        }
    }

    private let source: RucioSource

    package init(source: RucioSource) {
        self.source = source
    }

    package func call(_ input: Input, in context: CallContext) async throws(ToolError) -> Output {
        let id = input.rule_id.lowercased()
        guard id.utf8.count == Self.idLength, id.allSatisfy(\.isHexDigit), id.allSatisfy(\.isASCII) else {
            throw ToolError(.invalidArgument, "rule_id: must be 32 hexadecimal digits, as rucio_rules gives it.")
        }
        guard let rule = try await source.object(at: "/rules/\(id)", in: context).flatMap(RucioRule.init) else {
            throw ToolError(
                .notFound,
                "Rucio has no such rule.",
                hint: "It may have ended; find rules with rucio_rules."
            )
        }
        let locks = try await source.lines(at: "/rules/\(id)/locks", in: context)
        struct Key: Hashable { let rse: String, state: String }
        var counts: [Key: Int] = [:]
        var waiting: [String] = []
        for lock in locks?.records ?? [] {
            let state = lock.text("state", limit: 32) ?? "UNKNOWN"
            counts[Key(rse: lock.text("rse", limit: 64) ?? "unknown", state: state), default: 0] += 1
            if state != "OK", waiting.count < Self.mostFiles, let did = lock.did { waiting.append(did) }
        }
        let groups = counts.sorted { ($1.value, $0.key.rse, $0.key.state) < ($0.value, $1.key.rse, $1.key.state) }
        let analysis = rule.state == "OK" ? nil : try await source.object(at: "/rules/\(id)/analysis", in: context)
        return Output(
            rule: rule,
            groups: groups.prefix(Self.mostStorageElements).map {
                Output.Group(rse: $0.key.rse, state: $0.key.state, files: $0.value)
            },
            isComplete: (locks?.isComplete ?? true) && groups.count <= Self.mostStorageElements,
            waiting: waiting,
            transfers: (analysis?.records("transfers") ?? []).prefix(Self.mostFiles).map(Output.Transfer.init),
            analysis: analysis?.text("rule_error"),
            asOf: context.now
        )
    }
}
