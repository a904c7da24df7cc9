import GatewayCore
import HTTPServer
import JSON
import PostgresServer
import TestSupport

/// The testbed monitor's interface for programs, as far as records are changed through it, over a real database.
struct StandInMonitor: HTTPHandler {
    static let token = "Token 4711"

    let database: EPICDatabase

    func respond(to request: HTTPRequest) async -> HTTPResponse {
        guard request.headers.values("authorization") == [Self.token] else { return HTTPResponse(status: 401) }
        guard let body = try? JSONValue(parsing: request.body) else { return HTTPResponse(status: 400) }
        do {
            switch (request.method, request.path) {
            case ("POST", "/monitor/api/ai-memory/record/"): return try await record(body)
            case ("PATCH", _) where request.path.hasPrefix("/monitor/api/workflow-executions/"):
                return try await end(request.path.split(separator: "/").last.map(String.init) ?? "", body)
            default: return HTTPResponse(status: 404)
            }
        } catch {
            return HTTPResponse(status: 500)
        }
    }

    private func record(_ body: JSONValue) async throws -> HTTPResponse {
        let values = ["username", "session_id", "role", "content"].map { "$v$\(body[$0]?.string ?? "")$v$" }
        let id = try await database.server.sql(
            """
            INSERT INTO swf_ai_memory (id, username, session_id, role, content, created_at)
            SELECT max(id) + 1, \(values.joined(separator: ", ")), now() FROM swf_ai_memory RETURNING id
            """,
            database: database.name
        )
        let number = id.prefix { $0.isNumber }
        return json(#"{"success":true,"id":\#(number)}"#)
    }

    private func end(_ id: String, _ body: JSONValue) async throws -> HTTPResponse {
        _ = try await database.server.sql(
            """
            UPDATE swf_workflow_executions SET status = '\(body["status"]?.string ?? "")',
                end_time = '\(body["end_time"]?.string ?? "")' WHERE execution_id = '\(id)'
            """,
            database: database.name
        )
        return json(#"{"execution_id":"\#(id)"}"#)
    }

    private func json(_ text: String) -> HTTPResponse {
        HTTPResponse(
            status: 200,
            headers: [HTTPField("Content-Type", "application/json")],
            body: .bytes(Array(text.utf8))
        )
    }
}
