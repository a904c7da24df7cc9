import JSON
package import PluginKit

/// Tells where data lies.
package struct ReplicasTool: Tool {
    package struct Input: Decodable, Sendable {
        let did: String
    }

    /// How many datasets of a container are looked at.
    private static let mostDatasets = 20
    private static let mostStorageElements = 50
    private static let mostAddresses = 2

    package static let description = ToolDescription(
        name: "rucio_replicas",
        title: "Find copies of data",
        summary: """
            Where a file, dataset or container of Rucio lies: by storage element how many of its files are there; for a \
            file its state and addresses. What is to be where: rucio_rules.
            """,
        input: .object([.required("did", RucioName.didSchema)]),
        output: .object([
            .required("did", .string("As scope:name.")),
            .required("type", .string("FILE, DATASET or CONTAINER.")),
            .required(
                "replicas",
                .array(
                    of: .object([
                        .required("rse", .string("Storage element.")),
                        .optional("state", .string("Of a file: AVAILABLE, COPYING, UNAVAILABLE and others.")),
                        .optional("urls", .array(of: .string(), "Addresses of a file.")),
                        .optional("available_files", .integer("Files that are there.", minimum: 0)),
                        .optional("available_bytes", .integer(minimum: 0)),
                        .optional("files", .integer("Files that should be there.", minimum: 0)),
                        .optional("is_complete", .boolean("Whether all files are there.")),
                        .optional("datasets", .integer("Of a container: how many of its datasets.", minimum: 0)),
                    ]),
                    "The most complete first."
                )
            ),
            .required("replicas_left_out", .integer(minimum: 0)),
            .optional("datasets_looked_at", .integer("Of a container.", minimum: 0)),
            .optional("datasets_in_all", .integer("Of a container.", minimum: 0)),
            .optional("hint", .string()),
            .required("as_of", .time("When Rucio was asked.")),
            .required("monitor_urls", .array(of: .link)),
        ])
    )

    package struct Output: Encodable, Sendable {
        struct Replica: Encodable, Sendable {
            let rse: String
            var state: String?
            var urls: [String]?
            var availableFiles: Int?
            var availableBytes: Int?
            var files: Int?
            var isComplete: Bool?
            var datasets: Int?

            private enum CodingKeys: String, CodingKey {
                case rse, state, urls
                case availableFiles = "available_files"
                case availableBytes = "available_bytes"
                case files
                case isComplete = "is_complete"
                case datasets
            }
        }

        let did: String
        let type: String
        var replicas: [Replica] = []
        var leftOut = 0
        var lookedAt: Int?
        var inAll: Int?
        var hint: String?
        let asOf: Timestamp
        let monitorURLs: [Link] = []

        private enum CodingKeys: String, CodingKey {
            case did, type, replicas
            case leftOut = "replicas_left_out"
            case lookedAt = "datasets_looked_at"
            case inAll = "datasets_in_all"
            case hint
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
        guard let found = try await source.object(at: did.path(below: "dids"), in: context) else {
            throw ToolError.noSuchData
        }
        var output = Output(did: did.text, type: found.text("type", limit: 16) ?? "unknown", asOf: context.now)
        let replicas: [Output.Replica]
        switch output.type {
        case "FILE": replicas = try await self.replicas(ofFile: did, in: context)
        case "CONTAINER":
            let children = try await source.lines(at: did.path(below: "dids") + "/dids", in: context)?.records ?? []
            let datasets = children.compactMap { record in
                record.text("scope", limit: 64).flatMap { scope in
                    record.text("name").flatMap { RucioName.DID(scope: scope, name: $0) }
                }
            }
            .sorted { $0.text < $1.text }
            output.inAll = datasets.count
            output.lookedAt = min(datasets.count, Self.mostDatasets)
            var all: [Output.Replica] = []
            for (index, dataset) in datasets.prefix(Self.mostDatasets).enumerated() {
                all += try await self.replicas(ofDataset: dataset, in: context)
                context.progress(Double(index + 1), total: Double(min(datasets.count, Self.mostDatasets)))
            }
            replicas = Self.summed(all, datasets: datasets.count)
            if datasets.count > Self.mostDatasets { output.hint = "Ask for its datasets one by one for the others." }
        default: replicas = try await self.replicas(ofDataset: did, in: context)
        }
        let sorted = replicas.sorted { ($1.availableFiles ?? 0, $0.rse) < ($0.availableFiles ?? 0, $1.rse) }
        output.replicas = Array(sorted.prefix(Self.mostStorageElements))
        output.leftOut = sorted.count - output.replicas.count
        if sorted.isEmpty, output.hint == nil { output.hint = "There is no copy that Rucio knows of." }
        return output
    }

    private func replicas(
        ofFile did: RucioName.DID,
        in context: CallContext
    ) async throws(ToolError) -> [Output.Replica] {
        let record = try await source.lines(at: did.path(below: "replicas"), in: context)?.records.first
        let states = Dictionary((record?.members("states") ?? []).map { ($0.name, $0.value.string) }) { first, _ in
            first
        }
        return (record?.members("rses") ?? []).map { rse, addresses in
            let urls = addresses.kind == .array ? addresses.elements.compactMap(\.string) : []
            return Output.Replica(
                rse: UntrustedText.cleaned(rse, limit: 64),
                state: (states[rse] ?? nil).map { UntrustedText.cleaned($0, limit: 32) },
                urls: urls.prefix(Self.mostAddresses).map { UntrustedText.cleaned($0, limit: 200) },
                availableFiles: states[rse] == "AVAILABLE" ? 1 : 0
            )
        }
    }

    private func replicas(
        ofDataset did: RucioName.DID,
        in context: CallContext
    ) async throws(ToolError) -> [Output.Replica] {
        // Without `deep` Rucio tells what it counted some time ago.
        let lines = try await source.lines(
            at: did.path(below: "replicas") + "/datasets",
            query: [("deep", "true")],
            in: context
        )
        return (lines?.records ?? []).compactMap { record in
            guard let rse = record.text("rse", limit: 64) else { return nil }
            let (available, files) = (record.integer("available_length"), record.integer("length"))
            return Output.Replica(
                rse: rse,
                availableFiles: available,
                availableBytes: record.integer("available_bytes"),
                files: files,
                isComplete: available.flatMap { available in files.map { available >= $0 && $0 > 0 } }
            )
        }
    }

    /// A copy of a container is whole when all datasets there are are whole.
    private static func summed(_ replicas: [Output.Replica], datasets: Int) -> [Output.Replica] {
        Dictionary(grouping: replicas, by: \.rse).map { rse, parts in
            Output.Replica(
                rse: rse,
                availableFiles: RucioRecord.sum(parts.map(\.availableFiles)),
                availableBytes: RucioRecord.sum(parts.map(\.availableBytes)),
                files: RucioRecord.sum(parts.map(\.files)),
                isComplete: parts.count == datasets && parts.allSatisfy { $0.isComplete == true },
                datasets: parts.count
            )
        }
    }
}
