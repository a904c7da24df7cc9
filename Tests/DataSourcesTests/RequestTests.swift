import DataSources
import GatewayCore
import JSON
import Testing

struct RequestTests {
    private static func answer(
        _ body: [UInt8],
        contentType: String? = nil,
        isTruncated: Bool = false,
        limits: SourceLimits = SourceLimits()
    ) async throws -> JSONValue {
        let fields = contentType.map { [HTTPField("Content-Type", $0)] } ?? []
        let response = FetchResponse(status: 200, headers: fields, body: body, isTruncated: isTruncated)
        let desk = ServiceDesk(["bigpanda": FakeSource(.http, response: .success(response))], limits: limits)
        return try await desk.value("source.request", #"{"source":"bigpanda","path":"/"}"#)
    }

    private static func sent(_ members: String) async throws -> SourceRequest {
        let source = FakeSource(.http, response: .success(FetchResponse(status: 200, headers: [], body: [])))
        let reply = await ServiceDesk(["bigpanda": source])
            .ask("source.request", #"{"source":"bigpanda","path":"/jobs/"\#(members)}"#)
        #expect(reply.status == .ok, "\(reply.body)")
        return try #require(source.requests.first)
    }

    @Test func `an answer crosses with its status and chosen headers`() async {
        let response = FetchResponse(
            status: 404,
            headers: [
                HTTPField("Content-Type", "text/plain"), HTTPField("Set-Cookie", "a=b"), HTTPField("ETag", "\"1\""),
                HTTPField("Cache-Control", "private"), HTTPField("cache-control", "no-store"),
                HTTPField("Location", "http://inside.example.org/"), HTTPField("Server", "x"),
            ],
            body: Array("none".utf8)
        )
        let answer = await ServiceDesk(["bigpanda": FakeSource(.http, response: .success(response))])
            .ask("source.request", #"{"source":"bigpanda","path":"/"}"#)
        #expect(answer.status == .ok)
        let headers = #"{"content-type":"text/plain","etag":"\"1\"","cache-control":"private, no-store"}"#
        #expect(
            answer.body
                == #"{"status":404,"headers":\#(headers),"body":"none","encoding":"text","truncated":false}"#
        )
    }

    @Test func `no driver's answer shows a plugin credentials, hosts or the connection`() async {
        let names = [
            "Set-Cookie", "WWW-Authenticate", "Location", "Server", "Via", "Connection", "Transfer-Encoding",
            "X-Forwarded-Host",
        ]
        let fields = names.map { HTTPField($0, "x") } + [HTTPField("X-Rucio-Count", "3")]
        let response = FetchResponse(status: 200, headers: fields, body: [])
        let answer = await ServiceDesk(["own": FakeSource(.custom, response: .success(response))])
            .ask("source.request", #"{"source":"own","path":"/"}"#)
        #expect(answer.body.contains(#""headers":{"x-rucio-count":"3"}"#))
    }

    @Test(
        arguments: [
            ("application/json", #"{"a":[1]}"#, "json"),
            ("Application/JSON; charset=utf-8", "[]", "json"),
            ("application/problem+json", "null", "json"),
            ("text/json", "1", "json"),
            ("application/json", "{broken", "text"),
            ("application/json", "", "text"),
            ("text/plain", #"{"a":1}"#, "text"),
            ("application/jsonp", "[]", "text"),
            (nil, "[]", "text"),
        ] as [(String?, String, String)]
    )
    func `JSON is embedded when it is said to be and is`(type: String?, body: String, encoding: String) async throws {
        let answer = try await Self.answer(Array(body.utf8), contentType: type)
        #expect(answer["encoding"]?.string == encoding)
        #expect(answer["body"] == (encoding == "json" ? try JSONValue(parsing: body) : .string(body)))
    }

    @Test(arguments: [(2, "json"), (1, "text")])
    func `JSON nested too deep crosses as text`(depth: Int, encoding: String) async throws {
        let limits = SourceLimits(documentDepth: depth)
        let answer = try await Self.answer(Array("[[1]]".utf8), contentType: "application/json", limits: limits)
        #expect(answer["encoding"]?.string == encoding)
    }

    @Test func `bytes that are no text cross in base64`() async throws {
        let answer = try await Self.answer([0xFF, 0x00, 0x10])
        #expect(answer["encoding"]?.string == "base64")
        #expect(answer["body"]?.string == "/wAQ")
    }

    @Test(
        arguments: [
            ([0x61, 0xC3], "a"), ([0x61, 0xE2, 0x82], "a"), ([0x61, 0xF0, 0x9F, 0x98], "a"),
            ([0x61, 0xC3, 0xA9], "aé"),
            ([0x61], "a"), ([], ""),
        ] as [([UInt8], String)]
    )
    func `a cut body ends with a whole character`(body: [UInt8], text: String) async throws {
        let answer = try await Self.answer(body, contentType: "application/json", isTruncated: true)
        #expect(answer["encoding"]?.string == "text")
        #expect(answer["body"]?.string == text)
        #expect(answer["truncated"] == true)
    }

    @Test func `half a character in a whole body is no text`() async throws {
        #expect(try await Self.answer([0x61, 0xC3])["encoding"]?.string == "base64")
    }

    @Test func `a plain request is a GET without anything`() async throws {
        let request = try await Self.sent("")
        #expect(request.method == "GET")
        #expect(request.path == "/jobs/")
        #expect(request.query.isEmpty && request.headers.isEmpty && request.body == nil)
        #expect(request.maximumBytes == 8 << 20)
    }

    @Test func `query and headers keep their order and repeat names`() async throws {
        let request = try await Self.sent(
            #","query":{"b":"x","a":[1,true,"y"],"n":null,"f":1.50},"headers":{"Accept":["a/b","c/d"]}"#
        )
        let query = [("b", "x"), ("a", "1"), ("a", "true"), ("a", "y"), ("f", "1.50")].map { HTTPField($0, $1) }
        #expect(request.query == query)
        #expect(request.headers == [HTTPField("Accept", "a/b"), HTTPField("Accept", "c/d")])
    }

    @Test(arguments: [
        (#","method":"POST","body":"a=b""#, "a=b", []),
        (#","method":"POST","body":{"a": 1}"#, #"{"a": 1}"#, [HTTPField("content-type", "application/json")]),
        (
            #","method":"POST","body":[1],"headers":{"Content-Type":"x/y"}"#, "[1]",
            [HTTPField("Content-Type", "x/y")]
        ),
    ])
    func `a body is text or JSON`(members: String, body: String, headers: [HTTPField]) async throws {
        let request = try await Self.sent(members)
        #expect(request.method == "POST")
        #expect(request.body == Array(body.utf8))
        #expect(request.headers == headers)
    }

    @Test(arguments: [(1, 1), (8 << 20, 8 << 20), (8 << 20 + 1, 8 << 20)])
    func `bytes asked for stay within the limit`(asked: Int, expected: Int) async throws {
        #expect(try await Self.sent(#","max_bytes":\#(asked)"#).maximumBytes == expected)
    }

    @Test(arguments: [
        #"{"source":"bigpanda"}"#,
        #"{"source":"bigpanda","path":"jobs"}"#,
        #"{"source":"bigpanda","path":""}"#,
        #"{"source":"bigpanda","path":"/a\r\nb"}"#,
        #"{"source":"bigpanda","path":"/","method":"get"}"#,
        #"{"source":"bigpanda","path":"/","method":""}"#,
        #"{"source":"bigpanda","path":"/","method":"GET /"}"#,
        #"{"source":"bigpanda","path":"/","method":"AAAAAAAAAAAAAAAAA"}"#,
        #"{"source":"bigpanda","path":"/","query":[]}"#,
        #"{"source":"bigpanda","path":"/","query":{"a":{}}}"#,
        #"{"source":"bigpanda","path":"/","query":{"a":[[]]}}"#,
        #"{"source":"bigpanda","path":"/","headers":{"a b":"c"}}"#,
        #"{"source":"bigpanda","path":"/","headers":{"":"c"}}"#,
        #"{"source":"bigpanda","path":"/","headers":{"a":"b\r\nc: d"}}"#,
        #"{"source":"bigpanda","path":"/","headers":{"Authorization":"Bearer x"}}"#,
        #"{"source":"bigpanda","path":"/","headers":{"COOKIE":"x"}}"#,
        #"{"source":"bigpanda","path":"/","headers":{"Host":"x"}}"#,
        #"{"source":"bigpanda","path":"/","max_bytes":0}"#,
        #"{"source":"bigpanda","path":"/","act_as":"admin"}"#,
    ])
    func `a malformed request is not sent`(body: String) async {
        let source = FakeSource(.http, response: .success(FetchResponse(status: 200, headers: [], body: [])))
        #expect(await ServiceDesk(["bigpanda": source]).ask("source.request", body).status == .invalidArgument)
        #expect(source.requests.isEmpty)
    }

    @Test func `acting as the user is refused, as the service is not`() async throws {
        let source = FakeSource(.http, response: .success(FetchResponse(status: 200, headers: [], body: [])))
        let answer = await ServiceDesk(["bigpanda": source])
            .ask("source.request", #"{"source":"bigpanda","path":"/","act_as":"user"}"#, parent: .call(1))
        #expect(answer.status == .unsupported)
        #expect(answer.body == #"{"message":"This gateway cannot act as the user at this source."}"#)
        #expect(source.requests.isEmpty)
        _ = try await Self.sent(#","act_as":"service""#)
    }

    @Test func `a source of another kind takes no requests`() async {
        let answer = await ServiceDesk(["bigpanda": FakeSource(.sql)])
            .ask("source.request", #"{"source":"bigpanda","path":"/"}"#)
        #expect(answer.status == .unsupported)
    }

    @Test func `failures are answers`() async {
        let source = FakeSource(.http, response: .failure(.unavailable(detail: "secret")))
        let desk = ServiceDesk(["bigpanda": source])
        let answer = await desk.ask("source.request", #"{"source":"bigpanda","path":"/"}"#)
        #expect(answer.status == .unavailable)
        #expect(!answer.body.contains("secret"))
        #expect(desk.reports.all.map(\.operation) == ["source.request"])
    }
}
