import JSON
import PluginKit
import PluginTesting
import Testing

@Suite("Data sources as a tool sees them")
struct DataSourceTests {
    /// Answers operations from a list, in order.
    private final class Script: HostCalling {
        let replies: [(String, HostReply)]

        init(_ replies: [(String, HostReply)]) {
            self.replies = replies
        }

        func invoke(_ operation: String, body: [UInt8]) async -> HostReply {
            let isNext = (try? JSONValue(parsing: body))?["next"]?.string
            let index = isNext.flatMap(Int.init) ?? 0
            return replies[index].0 == operation ? replies[index].1 : HostReply(status: 9, body: Array("{}".utf8))
        }

        func progress(done: Double, total: Double?, note: String) {}
        func log(_ level: LogLevel, _ message: String) {}
    }

    private func context(_ replies: [(String, HostReply)]) -> CallContext {
        CallContext(now: Timestamp(seconds: 0), host: Script(replies))
    }

    private func reply(_ json: String, status: Int32 = 0) -> HostReply {
        HostReply(status: status, body: Array(json.utf8))
    }

    @Test(
        arguments: [
            ("\"text\"", "\"abc\"", "abc", nil),
            ("\"base64\"", "\"YfxiYw==\"", "a\u{FFFD}bc", [0x61, 0xFC, 0x62, 0x63]),
            ("\"base64\"", "\"/+8=\"", "\u{FFFD}\u{FFFD}", [0xFF, 0xEF]), ("\"base64\"", "\"\"", "", []),
            ("\"base64\"", "\"Yfx\"", nil, nil), ("\"base64\"", "\"Y=xi\"", nil, nil),
            ("\"base64\"", "\"Yf*i\"", nil, nil),
            ("\"json\"", "{}", nil, nil),
        ] as [(String, String, String?, [UInt8]?)]
    )
    func `a body that is no text is told as bytes, and as text with marks`(
        encoding: String,
        body: String,
        text: String?,
        bytes: [UInt8]?
    ) async throws {
        let json = #"{"status":200,"headers":{},"truncated":false,"encoding":\#(encoding),"body":\#(body)}"#
        let answer = try await context([("source.request", reply(json))]).source("files").get("/a")
        #expect(answer.repairedText == text && answer.bytes == bytes)
    }

    @Test func `rows are read by column name and type`() async throws {
        let body = """
            {"columns":[{"name":"id","type":"int"},{"name":"cpu","type":"decimal"},{"name":"at","type":"timestamp"},
            {"name":"ok","type":"bool"},{"name":"x","type":"text"}],
            "rows":[[9007199254740993,"1.5","2026-11-21T05:00:00Z",true,null]],"truncated":false}
            """
        let rows = try await context([("source.query", reply(body))]).source("panda").query("SELECT 1")
        let row = try #require(rows.first)
        #expect(row.integer("id") == 9_007_199_254_740_993)
        #expect(row.number("cpu") == 1.5)
        #expect(row.time("at")?.description == "2026-11-21T05:00:00Z")
        #expect(row.bool("ok") == true)
        #expect(row.text("x") == nil)
        #expect(row.text("no_such_column") == nil)
    }

    @Test func `further pages are fetched until the last`() async throws {
        let columns = #""columns":[{"name":"n","type":"int"}]"#
        let rows = try await context([
            ("source.query", reply(#"{\#(columns),"rows":[[1]],"truncated":false,"next":"1"}"#)),
            ("source.fetch", reply(#"{"rows":[[2]],"truncated":false,"next":"2"}"#)),
            ("source.fetch", reply(#"{"rows":[[3]],"truncated":true}"#)),
        ]).source("panda").query("SELECT n")
        #expect(rows.map { $0.integer("n") } == [1, 2, 3])
        #expect(rows.isTruncated)
    }

    @Test(arguments: [
        (5, ToolError.Code.unavailable), (6, .timeout), (13, .unavailable), (14, .internal), (99, .internal),
    ])
    func `a refusal of the host becomes the tool's error with the host's words`(
        status: Int,
        code: ToolError.Code
    ) async {
        let context = context([
            ("source.query", reply(#"{"message":"Not now.","hint":"Later."}"#, status: Int32(status)))
        ])
        await #expect(throws: ToolError(code, "Not now.", hint: "Later.")) {
            _ = try await context.source("panda").query("SELECT 1")
        }
    }

    @Test(arguments: ["", "[]", "{}", #"{"columns":[],"rows":[[1]]}"#, #"{"columns":[{}],"rows":[[1,2]]}"#])
    func `a malformed reply is an internal error`(body: String) async {
        let context = context([("source.query", reply(body))])
        do {
            _ = try await context.source("panda").query("SELECT 1")
            Issue.record("no error")
        } catch {
            #expect(error.code == .internal)
        }
    }

    @Test func `an HTTP answer says what it is`() async throws {
        let json =
            #"{"status":200,"headers":{"Content-Type":"application/json"},"encoding":"json","body":{"a":1},"truncated":false}"#
        let answer = try await context([("source.request", reply(json))]).source("monitor").get("/job")
        #expect(answer.status == 200)
        #expect(answer.json?["a"]?.integer == 1)
        #expect(answer.text == nil)
        #expect(answer.headers["content-type"] == "application/json")
    }
}
