import DataSources
import GatewayCore
import JSON
import Synchronization
import Testing

@Suite("Sources that a plugin answers for")
struct PluginSourceTests {
    private final class Provider: SourceProviding {
        let providedSources: Set<String> = ["archive"]
        let reply: Result<[UInt8], SourceError>
        let asked = Mutex<[SourceQuestion]>([])

        init(_ text: String) {
            reply = .success(Array(text.utf8))
        }

        func answer(_ question: SourceQuestion) async throws(SourceError) -> [UInt8] {
            asked.withLock { $0.append(question) }
            return try reply.get()
        }
    }

    private static func rows(
        _ text: String,
        name: String = "archive",
        isNested: Bool = false,
        maximumBytes: Int = 100
    ) async -> Result<SQLRows, SourceError> {
        let provider = Provider(text)
        let source = PluginSource(name: name) { provider }
        do throws(SourceError) {
            return .success(
                try await source.query(
                    SQLQuery(
                        statement: "SELECT $1",
                        parameters: [7],
                        maximumRows: 2,
                        maximumBytes: maximumBytes,
                        deadline: .after(.seconds(60)),
                        namespace: "atlas",
                        isNested: isNested
                    )
                )
            )
        } catch {
            return .failure(error)
        }
    }

    private static func response(_ text: String, maximumBytes: Int = 10) async -> Result<FetchResponse, SourceError> {
        let provider = Provider(text)
        let source = PluginSource(name: "archive") { provider }
        do throws(SourceError) {
            return .success(
                try await source.request(
                    SourceRequest(path: "/x", maximumBytes: maximumBytes, deadline: .after(.seconds(60)))
                )
            )
        } catch {
            return .failure(error)
        }
    }

    @Test func `a statement reaches the plugin with what bounds it, and its rows come back as written`() async throws {
        let provider = Provider(#"{"columns":[{"name":"n","type":"int"}],"rows":[[ 1 ],[2]],"truncated":true}"#)
        let source = PluginSource(name: "archive") { provider }
        let rows = try await source.query(
            SQLQuery(
                statement: "SELECT $1",
                parameters: [7],
                maximumRows: 2,
                maximumBytes: 100,
                deadline: .after(.seconds(60)),
                namespace: "atlas"
            )
        )
        #expect(rows.columns == [SQLColumn(name: "n", type: .int)])
        #expect(String(decoding: rows.rows, as: UTF8.self) == "[[ 1 ],[2]]")
        #expect(rows.count == 2)
        #expect(rows.isTruncated)
        let question = try #require(provider.asked.withLock { $0.first })
        #expect(question.source == "archive")
        #expect(question.namespace == "atlas")
        #expect(
            try JSONValue(parsing: question.body)
                == ["op": "query", "sql": "SELECT $1", "parameters": [7], "max_rows": 2]
        )
    }

    @Test(arguments: [
        "", "[]", "{}", #"{"columns":[]}"#, #"{"columns":[],"rows":{}}"#,
        #"{"columns":[{"name":"n"}],"rows":[]}"#, #"{"columns":[{"name":"n","type":"integer"}],"rows":[]}"#,
        #"{"columns":[{"name":"n","type":"int"}],"rows":[[1,2]]}"#,
        #"{"columns":[{"name":"n","type":"int"}],"rows":[1]}"#,
        #"{"columns":[{"name":"n","type":"int"}],"rows":[[1],[2],[3]]}"#,
    ])
    func `rows that are none are refused, and only the operator learns why`(text: String) async {
        guard case .failure(.rejected) = await Self.rows(text) else {
            Issue.record("\(text) was taken")
            return
        }
    }

    @Test func `as many bytes as are allowed come through, and not one more`() async {
        let text = #"{"columns":[{"name":"n","type":"int"}],"rows":[[1]]}"#
        guard case .success = await Self.rows(text, maximumBytes: 5) else {
            Issue.record("refused at the limit")
            return
        }
        guard case .failure(.tooLarge) = await Self.rows(text, maximumBytes: 4) else {
            Issue.record("taken above the limit")
            return
        }
    }

    @Test func `a plugin that answers as a source asks no other one`() async {
        guard case .failure(.invalid) = await Self.rows("{}", isNested: true) else {
            Issue.record("it was asked")
            return
        }
    }

    @Test func `a source whose plugin is not there, or does not provide it, is out of reach`() async {
        guard case .failure(.unavailable) = await Self.rows("{}", name: "other") else {
            Issue.record("it was asked")
            return
        }
        #expect(
            await PluginSource(name: "archive") { nil }.failure() == .unavailable(detail: "its plugin is not loaded")
        )
    }

    @Test(arguments: [
        (#"{"status":200,"body":{"a":1},"encoding":"json"}"#, #"{"a":1}"#, "application/json"),
        (#"{"status":200,"headers":{"Content-Type":"x/y"},"body":"text"}"#, "text", "x/y"),
        (#"{"status":404,"body":"aGk=","encoding":"base64"}"#, "hi", ""),
        (#"{"status":204}"#, "", ""),
    ])
    func `an answer of a plugin is one of a web service`(text: String, body: String, type: String) async throws {
        let response = try await Self.response(text).get()
        #expect(String(decoding: response.body, as: UTF8.self) == body)
        #expect((response.header("content-type") ?? "") == type)
    }

    @Test(arguments: [
        "{}", #"{"status":99}"#, #"{"status":600}"#, #"{"status":200,"body":1}"#,
        #"{"status":200,"body":"%","encoding":"base64"}"#, #"{"status":200,"body":"x","encoding":"gzip"}"#,
        #"{"status":200,"headers":{"a":1}}"#,
    ])
    func `an answer that is none is refused`(text: String) async {
        guard case .failure(.rejected) = await Self.response(text) else {
            Issue.record("\(text) was taken")
            return
        }
    }

    @Test func `a body of as many bytes as were asked for comes through, and not one more`() async {
        guard case .success = await Self.response(#"{"status":200,"body":"0123456789"}"#) else {
            Issue.record("refused at the limit")
            return
        }
        guard case .failure(.tooLarge) = await Self.response(#"{"status":200,"body":"0123456789x"}"#) else {
            Issue.record("taken above the limit")
            return
        }
    }
}
