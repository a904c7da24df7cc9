import DataSources
import GatewayCore
import JSON
import Testing

@Suite("Messages of plugins")
struct MessageTests {
    private static func source(_ reply: MessageReply = MessageReply(headers: [], body: [])) -> FakeSource {
        FakeSource(.message, reply: .success(reply))
    }

    private static func sent(_ members: String) async throws -> SourceMessage {
        let source = source()
        let answer = await ServiceDesk(["broker": source])
            .ask("source.send", #"{"source":"broker","destination":"/queue/a"\#(members)}"#)
        #expect(answer.status == .ok && answer.body == "{}", "\(answer)")
        return try #require(source.messages.first)
    }

    private static func asked(_ members: String) async throws -> SourceExchange {
        let source = source()
        let answer = await ServiceDesk(["broker": source])
            .ask("source.exchange", #"{"source":"broker","destination":"/queue/a"\#(members)}"#)
        #expect(answer.status == .ok, "\(answer)")
        return try #require(source.exchanges.first)
    }

    private static func answer(_ body: [UInt8], _ headers: [MessageHeader] = []) async throws -> JSONValue {
        try await ServiceDesk(["broker": source(MessageReply(headers: headers, body: body))])
            .value("source.exchange", #"{"source":"broker","destination":"/queue/a","body":"?"}"#)
    }

    @Test(arguments: [
        (#","body":"a b""#, "a b", []),
        (#","body":{"a": 1}"#, #"{"a": 1}"#, [MessageHeader("content-type", "application/json")]),
        (
            #","body":[1],"headers":{"content-type":"x/y","ttl":5}"#, "[1]",
            [MessageHeader("content-type", "x/y"), MessageHeader("ttl", "5")]
        ),
    ])
    func `a body is text or JSON`(members: String, body: String, headers: [MessageHeader]) async throws {
        let message = try await Self.sent(members)
        #expect(message.destination == "/queue/a" && message.namespace == "epic")
        #expect(message.body == Array(body.utf8))
        #expect(message.headers == headers)
        let exchange = try await Self.asked(members)
        #expect(exchange.body("/queue/reply") == Array(body.utf8))
        #expect(exchange.headers == headers)
    }

    @Test(arguments: [("", true), (#","receipt":true"#, true), (#","receipt":false"#, false)])
    func `a receipt is wanted unless it is not`(members: String, isWanted: Bool) async throws {
        #expect(try await Self.sent(#","body":"x"\#(members)"#).wantsReceipt == isWanted)
    }

    @Test(arguments: [
        ("{}", #"{"reply_to":"/queue/r"}"#),
        (#"{"b": {"c":[1.50]}, "a":null}"#, #"{"b":{"c":[1.50]},"a":null,"reply_to":"/queue/r"}"#),
    ])
    func `a reader that looks for the queue in the body finds it there`(body: String, made: String) async throws {
        let exchange = try await Self.asked(#","reply_member":"reply_to","body":\#(body)"#)
        #expect(String(decoding: exchange.body("/queue/r"), as: UTF8.self) == made)
    }

    @Test(
        arguments: [
            (#"{"a":1}"#, nil, "json"), ("[]", nil, "json"), ("{broken", nil, "text"), ("42", nil, "text"),
            ("alive", nil, "text"), (#"{"a":1}"#, "text/plain", "text"), ("42", "application/json", "json"),
        ] as [(String, String?, String)]
    )
    func `an answer that looks like JSON and says nothing else is JSON`(
        body: String,
        type: String?,
        encoding: String
    ) async throws {
        let headers = type.map { [MessageHeader("content-type", $0)] } ?? []
        let answer = try await Self.answer(Array(body.utf8), headers)
        #expect(answer["encoding"]?.string == encoding)
        #expect(answer["body"] == (encoding == "json" ? try JSONValue(parsing: body) : .string(body)))
    }

    @Test func `bytes that are no text cross in base64`() async throws {
        let answer = try await Self.answer([0xFF, 0x00, 0x10])
        #expect(answer["encoding"] == "base64" && answer["body"] == "/wAQ")
    }

    @Test func `of an answer's headers those of its connection stay outside`() async throws {
        let names = ["subscription", "message-id", "destination", "reply-to", "correlation-id", "ack", "mood", "mood"]
        let headers = names.enumerated().map { MessageHeader($1, "\($0)") }
        #expect(try await Self.answer([], headers)["headers"] == ["mood": "6"])
    }

    @Test(arguments: [
        #"{"destination":"/queue/a","body":"x"}"#,
        #"{"source":"broker","body":"x"}"#,
        #"{"source":"broker","destination":"/queue/a"}"#,
        #"{"source":"broker","destination":"/queue/a","body":null}"#,
        #"{"source":"broker","destination":1,"body":"x"}"#,
        #"{"source":"broker","destination":"/queue/a","body":"x","headers":[]}"#,
        #"{"source":"broker","destination":"/queue/a","body":"x","headers":{"a":{}}}"#,
        #"{"source":"broker","destination":"/queue/a","body":"x","timeout_ms":0}"#,
    ])
    func `a malformed message is not sent`(body: String) async {
        let source = Self.source()
        let desk = ServiceDesk(["broker": source])
        #expect(await desk.ask("source.send", body).status == .invalidArgument)
        #expect(await desk.ask("source.exchange", body).status == .invalidArgument)
        #expect(source.messages.isEmpty && source.exchanges.isEmpty)
    }

    @Test(arguments: [
        #""receipt":1,"body":"x""#, #""reply_member":"to","body":"x""#, #""reply_member":"to","body":[]"#,
        #""reply_member":"to","body":{"to":1}"#, #""reply_member":"","body":{}"#, #""reply_member":1,"body":{}"#,
    ])
    func `what only one of the operations has is checked there`(members: String) async {
        let operation = members.contains("receipt") ? "source.send" : "source.exchange"
        let answer = await ServiceDesk(["broker": Self.source()])
            .ask(operation, #"{"source":"broker","destination":"/queue/a",\#(members)}"#)
        #expect(answer.status == .invalidArgument)
    }

    @Test(arguments: [SourceKind.sql, .http, .custom])
    func `a source of another kind takes no messages`(kind: SourceKind) async {
        let desk = ServiceDesk(["broker": FakeSource(kind)])
        for operation in ["source.send", "source.exchange"] {
            let answer = await desk.ask(operation, #"{"source":"broker","destination":"/queue/a","body":"x"}"#)
            #expect(answer.status == .unsupported)
        }
    }

    @Test func `a message that may have arrived is told as such, and not as one to send again`() async {
        let source = FakeSource(.message, reply: .failure(.unconfirmed(detail: "secret")))
        let desk = ServiceDesk(["broker": source])
        let answer = await desk.ask("source.send", #"{"source":"broker","destination":"/queue/a","body":"x"}"#)
        #expect(answer.status == .unavailable)
        let message = #"It is not known whether the message reached the data source \"broker\"."#
        #expect(
            answer.body == #"{"message":"\#(message)","hint":"See whether it took effect before sending it again."}"#
        )
        #expect(desk.reports.all.map(\.detail) == ["secret"])
    }

    @Test func `a question without an answer did arrive`() async {
        let source = FakeSource(.message, reply: .failure(.unanswered(detail: "secret")))
        let desk = ServiceDesk(["broker": source])
        let answer = await desk.ask("source.exchange", #"{"source":"broker","destination":"/queue/a","body":"x"}"#)
        #expect(answer.status == .timeout)
        #expect(answer.body.contains("The message reached") && !answer.body.contains("secret"))
        #expect(desk.reports.all.map(\.operation) == ["source.exchange"])
    }
}
