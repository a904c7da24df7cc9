internal import GatewayCore
internal import JSON

extension SourceServices {
    /// `source.query`: `{"source","sql","parameters"?,"max_rows"?,"read_only"?,"timeout_ms"?}` →
    /// `{"columns":[{"name","type"}],"rows":[[…]],"truncated","next"?}`.
    ///
    /// `truncated` says that the source had more rows than the limits let through; it is the same on every page.
    func query(
        _ request: ServiceRequest,
        _ body: OperationBody,
        _ deadline: Deadline
    ) async throws(ServiceFailure) -> [UInt8] {
        let name = try body.requiredString("source")
        let source = try source(name)
        let statement = try body.requiredString("sql")
        guard try body.bool("read_only") ?? true else {
            throw ServiceFailure(.forbidden, "The data source \"\(name)\" can only be read.")
        }
        let query = SQLQuery(
            statement: statement,
            parameters: try body.parameters("parameters"),
            maximumRows: min(try body.count("max_rows") ?? limits.maximumRows, limits.maximumRows),
            maximumBytes: limits.maximumBytes,
            deadline: deadline,
            requestID: request.parent?.requestID,
            namespace: namespace,
            isNested: request.parent?.isSource ?? true,
            trace: request.parent?.trace
        )
        guard source.kind == .sql || source.kind == .custom else {
            throw ServiceFailure(
                .unsupported,
                "The data source \"\(name)\" is of kind \(source.kind.rawValue); it takes no SQL."
            )
        }
        do {
            try StatementGuard.check(statement)
        } catch {
            throw ServiceFailure(.invalidArgument, error.message)
        }
        let rows: SQLRows
        do {
            rows = try await source.query(query)
        } catch {
            throw failure(error, of: name, in: request)
        }
        return try firstPage(of: rows, name, request)
    }

    /// `source.fetch`: `{"next"}` → `{"rows":[[…]],"truncated","next"?}`.
    func fetch(_ request: ServiceRequest, _ body: OperationBody) throws(ServiceFailure) -> [UInt8] {
        let parent = request.parent?.call
        let entry = try results.take(try body.requiredString("next"), parent: parent)
        var writer = JSONWriter(capacity: limits.pageBytes / 4)
        writer.beginObject()
        try writePage(of: entry.pages, isTruncated: entry.isTruncated, parent: parent, to: &writer)
        writer.endObject()
        return writer.bytes
    }

    private func firstPage(
        of rows: SQLRows,
        _ name: String,
        _ request: ServiceRequest
    ) throws(ServiceFailure) -> [UInt8] {
        guard let pages = RowPages(rows.rows, pageBytes: limits.pageBytes) else {
            throw failure(.rejected(detail: "the driver returned rows that are no JSON"), of: name, in: request)
        }
        var writer = JSONWriter(capacity: min(rows.rows.count, limits.pageBytes) + 1024)
        writer.beginObject()
        writer.name("columns")
        writer.beginArray()
        for column in rows.columns {
            writer.beginObject()
            writer.name("name")
            writer.write(column.name)
            writer.name("type")
            writer.write(column.type.rawValue)
            writer.endObject()
        }
        writer.endArray()
        try writePage(of: pages, isTruncated: rows.isTruncated, parent: request.parent?.call, to: &writer)
        writer.endObject()
        return writer.bytes
    }

    private func writePage(
        of pages: RowPages,
        isTruncated: Bool,
        parent: UInt64?,
        to writer: inout JSONWriter
    ) throws(ServiceFailure) {
        var pages = pages
        writer.name("rows")
        pages.writeNext(to: &writer)
        writer.name("truncated")
        writer.write(isTruncated)
        guard !pages.isEmpty else { return }
        // Nobody will fetch for a request that has ended.
        guard !Task.isCancelled else { throw ServiceFailure(.cancelled, "The operation was cancelled.") }
        let entry = OpenResults.Entry(pages: pages, isTruncated: isTruncated, parent: parent)
        writer.name("next")
        writer.write(try results.keep(entry))
    }
}
