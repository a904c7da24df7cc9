import JSON
package import PluginKit

/// Reads runs from iDDS: the request's transforms, then the exit codes of the transforms with failures.
package struct IDDSRunReading: RunReading {
    private let source: IDDSSource
    private let pages: RunPages
    private let maximumTransforms: Int
    private let exitCodes: IDDSExitCodes

    /// By default at most 500 transforms of a run are read.
    package init(source: IDDSSource, pages: RunPages, maximumTransforms: Int = 500) {
        self.source = source
        self.pages = pages
        self.maximumTransforms = maximumTransforms
        exitCodes = IDDSExitCodes(source: source)
    }

    package func run(_ reference: RunReference, in context: CallContext) async throws(ToolError) -> RunFacts? {
        let ids: [Int]
        switch reference {
        case .id(let id): ids = [id]
        case .name(let name): ids = try await requests(named: name, in: context)
        }
        guard let id = ids.first, var run = try await request(id, in: context) else { return nil }
        run.otherIDs = Array(ids.dropFirst())
        try await exitCodes.complete(&run, in: context)
        run.monitorURLs = pages.links(to: run.transforms)
        return run
    }

    /// The requests of exactly that name, newest first; at most 10.
    ///
    /// iDDS answers with an object of names and ids, or with a list of records or ids. It compares names by SQL's
    /// `LIKE`, to which an underscore is any character, so names are compared once more.
    private func requests(named name: String, in context: CallContext) async throws(ToolError) -> [Int] {
        guard let document = try await source.document(at: "/request/name/\(name)", in: context) else { return [] }
        var ids: Set<Int> = []
        switch document.kind {
        case .array:
            for element in document.elements {
                let id = element.integer ?? element["request_id"]?.integer
                if let id, id > 0, element["name"]?.isString(name) ?? true { ids.insert(id) }
            }
        case .object:
            if let id = document[name]?.integer ?? document["request_id"]?.integer, id > 0,
                document["name"]?.isString(name) ?? true
            {
                ids.insert(id)
            }
        default: throw IDDSSource.unreadable("neither a list nor an object of requests")
        }
        return Array(ids.sorted(by: >).prefix(10))
    }

    private func request(_ id: Int, in context: CallContext) async throws(ToolError) -> RunFacts? {
        guard let document = try await source.document(at: "/request/\(id)/null/true", in: context) else { return nil }
        let rows: [JSONNode]
        switch document.kind {
        case .array: rows = Array(document.elements)
        // One record stands for itself; any other object tells why there is none.
        case .object: rows = [document]
        default: throw IDDSSource.unreadable("neither a list of transforms nor an object")
        }
        let found = rows.filter { IDDSRecord($0).id("request_id") == id }
        guard let first = found.first else {
            if rows.contains(where: { $0["request_id"] != nil || $0.kind != .object }) {
                throw IDDSSource.unreadable("rows that are not of request \(id)")
            }
            return nil
        }
        return facts(id, head: IDDSRecord(first), rows: found)
    }

    private func facts(_ id: Int, head: IDDSRecord, rows: [JSONNode]) -> RunFacts {
        var run = RunFacts(id: id, status: head.status("status", .request))
        run.name = head.line("name")
        run.user = head.line("username", limit: 128)
        run.created = head.time("created_at")
        run.updated = head.time("updated_at")
        var seen: Set<Int> = []
        var transforms: [TransformFacts] = []
        // A request without transforms has one row, in which they are null.
        for row in rows.lazy.map({ IDDSRecord($0) }) {
            guard let transform = row.id("transform_id"), seen.insert(transform).inserted else { continue }
            transforms.append(self.transform(transform, row, run: run.name))
        }
        transforms.sort { ($0.task ?? .max, $0.id) < ($1.task ?? .max, $1.id) }
        run.transforms = Array(transforms.prefix(maximumTransforms))
        run.unreadTransforms = transforms.count - run.transforms.count
        return run
    }

    private func transform(_ id: Int, _ row: IDDSRecord, run: String?) -> TransformFacts {
        var files = TransformFiles()
        files.outputTotal = row.count("output_total_files")
        files.outputProcessed = row.count("output_processed_files")
        files.outputProcessing = row.count("output_processing_files")
        files.outputFailed = row.count("output_failed_files")
        files.outputMissing = row.count("output_missing_files")
        files.outputNew = row.count("output_new_files")
        files.inputNew = row.count("input_new_files")
        return TransformFacts(
            id: id,
            label: TransformLabel.label(ofTransform: row.line("transform_name", limit: 384), run: run),
            status: row.status("transform_status", .transform),
            files: files,
            task: row.id("transform_workload_id")
        )
    }
}
