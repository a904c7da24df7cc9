import JSON
package import PluginKit

/// Tells what a dataset, container or file is.
package struct DIDTool: Tool {
    package struct Input: Decodable, Sendable {
        let did: String
    }

    private static let mostParents = 20
    /// Columns of Rucio's table of data identifiers that say something of the data.
    private static let metadata = [
        "project", "datatype", "run_number", "stream_name", "prod_step", "version", "campaign", "phys_group",
        "provenance",
        "task_id", "panda_id", "events", "lumiblocknr", "adler32", "md5", "guid", "availability",
    ]

    package static let description = ToolDescription(
        name: "rucio_did",
        title: "Look up data",
        summary: """
            One dataset, container or file of Rucio: size, number of files, owner, times, metadata, and what it is part \
            of. Its files: rucio_files; where they lie: rucio_replicas; who keeps it: rucio_rules.
            """,
        input: .object([.required("did", RucioName.didSchema)]),
        output: .object([
            .required("did", .string("As scope:name.")),
            .required("type", .string("FILE, DATASET or CONTAINER.")),
            .optional("account", .string("Whose it is.")),
            .optional("is_open", .boolean("Whether more may be added.")),
            .optional("size_bytes", .integer("Of all its files.", minimum: 0)),
            .optional("file_count", .integer(minimum: 0)),
            .optional("created", .time()),
            .optional("updated", .time()),
            .optional("expires", .time("When it goes by itself; absent for never.")),
            .required("metadata", .dictionary(of: .untrustedText("A value."), "What is known of the data.")),
            .required("parents", .array(of: .string(), "What it is part of, as scope:name.")),
            .required("parents_left_out", .integer(minimum: 0)),
            .required("as_of", .time("When Rucio was asked.")),
            .required("monitor_urls", .array(of: .link)),
        ])
    )

    package struct Output: Encodable, Sendable {
        let did: String
        let type: String
        let account: String?
        let isOpen: Bool?
        let sizeBytes: Int?
        let fileCount: Int?
        let created: Timestamp?
        let updated: Timestamp?
        let expires: Timestamp?
        let metadata: JSONValue
        let parents: [String]
        let parentsLeftOut: Int
        let asOf: Timestamp
        let monitorURLs: [Link] = []

        private enum CodingKeys: String, CodingKey {
            case did, type, account
            case isOpen = "is_open"
            case sizeBytes = "size_bytes"
            case fileCount = "file_count"
            case created, updated, expires, metadata, parents
            case parentsLeftOut = "parents_left_out"
            case asOf = "as_of"
            case monitorURLs = "monitor_urls"
        }
    }

    private let source: RucioSource

    package init(source: RucioSource) {
        self.source = source
    }

    package func call(_ input: Input, in context: CallContext) async throws(ToolError) -> Output {
        let did = try RucioName.DID(input.did)
        let path = did.path(below: "dids")
        guard let found = try await source.object(at: path, query: [("dynamic_depth", "FILE")], in: context) else {
            throw ToolError.noSuchData
        }
        let metadata = try await source.object(at: path + "/meta", in: context)
        let parents = try await source.lines(at: path + "/parents", in: context)?.records.compactMap(\.did) ?? []
        return Output(
            did: did.text,
            type: found.text("type", limit: 16) ?? "unknown",
            account: found.text("account", limit: 64),
            isOpen: found.flag("open"),
            sizeBytes: found.integer("bytes"),
            fileCount: found.integer("length"),
            created: metadata?.time("created_at"),
            updated: metadata?.time("updated_at"),
            expires: found.time("expired_at") ?? metadata?.time("expired_at"),
            metadata: .object(
                JSONObject(
                    members: Self.metadata.compactMap { name in
                        metadata?.text(name, limit: 256).map { .init(name: name, value: .string($0)) }
                    }
                )
            ),
            parents: Array(parents.sorted().prefix(Self.mostParents)),
            parentsLeftOut: max(0, parents.count - Self.mostParents),
            asOf: context.now
        )
    }
}

extension ToolError {
    static let noSuchData = ToolError(
        .notFound,
        "Rucio has no data of this name.",
        hint: "Find names with rucio_find_dids; names are exact, in upper and lower case."
    )
}
