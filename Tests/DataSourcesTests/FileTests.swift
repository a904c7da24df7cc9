import DataSources
import GatewayCore
import JSON
import Testing

@Suite("Files of plugins")
struct FileTests {
    /// Has one file, and says who asked.
    private struct Files: DataSource {
        let kind = SourceKind.file
        let content: [UInt8]?

        func read(_ request: SourceFileRequest) async throws(SourceError) -> [UInt8]? {
            guard request.user != "nobody" else { throw .invalid("no name") }
            return content.map { $0 + Array((request.user ?? "-").utf8) }
        }
    }

    private struct Unheard: SourceReporting {
        func report(_ trouble: SourceTrouble) {}
    }

    private func ask(
        _ source: any DataSource,
        _ body: String = #"{"source":"files"}"#,
        user: String? = "ada"
    ) async throws -> (PluginStatus, JSONValue) {
        let services = SourceServices(namespace: "epic", bindings: ["files": source], reporting: Unheard())
        let principal = Principal(issuer: "i", subject: "s", username: user)
        let reply = await services.serve(
            ServiceRequest(
                operation: "source.read",
                body: Array(body.utf8),
                parent: ServiceParent(requestID: RequestID(), principal: principal, call: 1),
                deadline: .after(.seconds(10))
            )
        )
        return (reply.status, try JSONValue(parsing: reply.body))
    }

    @Test func `the file is the caller's, whatever else the plugin says`() async throws {
        let source = Files(content: Array("a ".utf8))
        let (status, answer) = try await ask(source, #"{"source":"files","user":"bob","path":"/etc/passwd"}"#)
        #expect(status == .ok && answer == ["exists": true, "body": "a ada", "encoding": "text"])
        #expect(try await ask(source, user: nil).1["body"] == "a -")
    }

    @Test func `a file that is not there, bytes that are no text, and a name that is none are told apart`() async throws
    {
        #expect(try await ask(Files(content: nil)).1 == ["exists": false])
        #expect(try await ask(Files(content: [0xFF])).1["encoding"] == "base64")
        #expect(try await ask(Files(content: []), user: "nobody").0 == .invalidArgument)
    }

    @Test func `only a source of files has files`() async throws {
        struct Other: DataSource { let kind = SourceKind.http }
        #expect(try await ask(Other()).0 == .unsupported)
        #expect(try await ask(Files(content: nil), #"{"source":"other"}"#).0 == .notFound)
        #expect(try await ask(Files(content: nil), "{}").0 == .invalidArgument)
    }
}
