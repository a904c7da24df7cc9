internal import FoundationEssentials
internal import GatewayCore
internal import JSON

/// Reads what a plugin answered as a source, and takes nothing on trust.
enum PluginSourceReply {
    /// `{"columns":[{"name","type"}],"rows":[[…]],"truncated"}`, each row with a value for each column.
    static func rows(_ bytes: [UInt8], maximumRows: Int, maximumBytes: Int) throws(SourceError) -> SQLRows {
        let root = try root(of: bytes)
        guard let columns = root["columns"], columns.kind == .array, let rows = root["rows"], rows.kind == .array else {
            throw faulty("its answer has no \"columns\" and \"rows\"")
        }
        let read = try columns.elements.map { (column) throws(SourceError) in
            guard let name = column["name"]?.string, let type = column["type"]?.string.flatMap(SQLColumnType.init)
            else {
                throw faulty("a column of its answer has no name or no type that there is")
            }
            return SQLColumn(name: name, type: type)
        }
        var count = 0
        for row in rows.elements {
            count += 1
            guard row.kind == .array, row.elements.reduce(0, { count, _ in count + 1 }) == read.count else {
                throw faulty("row \(count) of its answer does not have \(read.count) values")
            }
        }
        guard count <= maximumRows else { throw faulty("its answer has more rows than were asked for") }
        guard rows.bytes.count <= maximumBytes else { throw .tooLarge }
        return SQLRows(
            columns: read,
            rows: Array(rows.bytes),
            count: count,
            isTruncated: root["truncated"]?.bool ?? false
        )
    }

    /// `{"status","headers"?,"body"?,"encoding"?,"truncated"?}`, `encoding` being `json`, `text` (the default for a
    /// string) or `base64`.
    static func response(_ bytes: [UInt8], maximumBytes: Int) throws(SourceError) -> FetchResponse {
        let root = try root(of: bytes)
        guard let status = root["status"]?.integer, (100...599).contains(status) else {
            throw faulty("its answer has no HTTP status")
        }
        var headers: [HTTPField] = []
        if let members = root["headers"]?.members {
            for member in members {
                guard let value = member.value.string else { throw faulty("a header field of its answer is no text") }
                headers.append(HTTPField(member.name, value))
            }
        }
        let body = try body(root)
        guard body.count <= maximumBytes else { throw .tooLarge }
        if root["encoding"]?.string == "json", !headers.contains(where: { $0.name.lowercased() == "content-type" }) {
            headers.append(HTTPField("content-type", "application/json"))
        }
        return FetchResponse(
            status: status,
            headers: headers,
            body: body,
            isTruncated: root["truncated"]?.bool ?? false
        )
    }

    private static func body(_ root: JSONNode) throws(SourceError) -> [UInt8] {
        guard let body = root["body"], !body.isNull else { return [] }
        switch root["encoding"]?.string {
        case "json": return Array(body.bytes)
        case "base64":
            guard let text = body.string, let data = Data(base64Encoded: text) else {
                throw faulty("the body of its answer is no base64")
            }
            return Array(data)
        case nil, "text":
            guard let text = body.string else { throw faulty("the body of its answer is no text") }
            return Array(text.utf8)
        default: throw faulty("the body of its answer has an encoding that there is not")
        }
    }

    private static func root(of bytes: [UInt8]) throws(SourceError) -> JSONNode {
        guard let root = try? JSONDocument(parsing: bytes, limits: JSONLimits(depth: 64, bytes: bytes.count)).root,
            root.kind == .object
        else { throw faulty("its answer is no JSON object") }
        return root
    }

    private static func faulty(_ detail: String) -> SourceError { .rejected(detail: detail) }
}
