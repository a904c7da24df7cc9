import JSON
import PluginKit

/// A source that the plugin answers for itself.
struct ArchiveSource: ProvidedSource {
    static let offer = SourceOffer("archive")

    func query(_ query: ProvidedQuery, in context: CallContext) async throws(ToolError) -> ProvidedRows? {
        let rows = query.parameters.map { [$0, .string(context.caller.subject)] }
        // Asks on its own, as an archive with an index elsewhere would.
        if query.statement.contains("nested") { return try await nested(context) }
        return ProvidedRows(columns: [("value", .int), ("caller", .text)], rows: rows)
    }

    func request(_ request: ProvidedRequest, in context: CallContext) async throws(ToolError) -> ProvidedAnswer? {
        ProvidedAnswer(json: ["path": .string(request.path)])
    }

    private func nested(_ context: CallContext) async throws(ToolError) -> ProvidedRows {
        _ = try await context.source("archive").query("SELECT 1")
        return ProvidedRows(columns: [], rows: [])
    }
}

/// Asks the archive through the gateway, as any plugin would.
struct ArchiveTool: Tool {
    struct Input: Decodable, Sendable {
        let statement: String?
    }

    struct Output: Encodable, Sendable {
        let rows: [[String]]
        let path: String
    }

    static let description = ToolDescription(
        name: "archive",
        title: "Archive",
        summary: "Reads the archive.",
        input: .object([.optional("statement", .string())]),
        output: .object([.required("rows", .array(of: .array(of: .string()))), .required("path", .string())])
    )

    func call(_ input: Input, in context: CallContext) async throws(ToolError) -> Output {
        let archive = context.source("archive")
        let rows = try await archive.query(input.statement ?? "SELECT $1", [7])
        let answer = try await archive.get("/object/1")
        let texts = rows.map { row in ["\(row["value"].integer ?? 0)", row["caller"].string ?? ""] }
        return Output(rows: texts, path: answer.json?["path"]?.string ?? "")
    }
}
