import GatewayCore
import HTTPServer
import JSON
import MCPServer
import TestSupport
import Testing

@Suite("Questions to clients of sessions")
struct SessionQuestionTests {
    private struct Client {
        let gateway: Gateway
        let session: String
        let token: String

        init(
            _ gateway: Gateway = Gateway(further: [AskingProvider.contribution()]),
            revision: String = "2025-11-25",
            capabilities: JSONValue = ModernClient.everything,
            token: String = "alice"
        ) async throws {
            let parameters: JSONValue = ["protocolVersion": .string(revision), "capabilities": capabilities]
            let response = try await gateway.send(
                Self.request(0, "initialize", parameters),
                ["Authorization": "Bearer \(token)"]
            )
            self.gateway = gateway
            self.token = token
            session = try #require(response.field("Mcp-Session-Id"))
        }

        static func request(_ id: Int, _ method: String, _ parameters: JSONValue) -> String {
            let message: JSONValue = [
                "jsonrpc": "2.0", "id": .integer(id), "method": .string(method), "params": parameters,
            ]
            return String(decoding: message.serialized, as: UTF8.self)
        }

        func call(
            _ tool: String,
            _ method: String = "tools/call",
            accept: String = "application/json, text/event-stream",
            over exchange: ExchangeInMemory = ExchangeInMemory()
        ) async throws -> HTTPResponse {
            try await gateway.send(
                Self.request(1, method, ["name": .string(tool)]),
                ["Mcp-Session-Id": session, "Accept": accept, "Authorization": "Bearer \(token)"],
                over: exchange
            )
        }

        func send(_ message: JSONValue, session other: String? = nil) async throws -> Int {
            try await gateway.send(
                String(decoding: message.serialized, as: UTF8.self),
                ["Mcp-Session-Id": other ?? session]
            ).status
        }

        /// Answers a request of the gateway.
        func answer(_ request: JSONValue, _ result: JSONValue) async throws {
            #expect(
                try await send(["jsonrpc": "2.0", "id": request["id"] ?? .null, "result": result]) == 202
            )
        }
    }

    /// The requests the gateway has sent over a stream.
    private static func requests(_ exchange: ExchangeInMemory, atLeast count: Int = 1) async throws -> [JSONValue] {
        var requests: [JSONValue] = []
        await Polling.until("\(count) requests") {
            requests = exchange.pieces.joined().split(separator: "\n").compactMap { line in
                guard line.hasPrefix("data: ") else { return nil }
                return try? JSONValue(parsing: String(line.dropFirst("data: ".count)))
            }.filter { $0["method"] != nil && $0["id"] != nil }
            return requests.count >= count
        }
        return requests
    }

    private static func result(_ response: HTTPResponse) throws -> JSONValue? {
        guard let last = response.events.last else { return response.json?["result"] }
        return try JSONValue(parsing: last)["result"]
    }

    @Test func `a call asks on its own stream, and goes on with the answer`() async throws {
        let client = try await Client()
        let exchange = ExchangeInMemory()
        async let response = client.call("lab_name", over: exchange)
        let request = try #require(try await Self.requests(exchange).first)
        #expect(request["method"] == "elicitation/create")
        #expect(request["params"]?["mode"] == "form" && request["params"]?["message"] == "name?")
        try await client.answer(request, accepted("Ada"))
        let result = try Self.result(await response)
        #expect(result?["structuredContent"]?["answers"] == ["name": accepted("Ada")])
        #expect(result?["structuredContent"]?["memory"] == "remembered")
    }

    @Test func `a call asks round after round, each under another id`() async throws {
        let client = try await Client()
        let exchange = ExchangeInMemory()
        async let response = client.call("lab_twice", over: exchange)
        let first = try await Self.requests(exchange)
        try await client.answer(first[0], accepted("Ada"))
        let both = try await Self.requests(exchange, atLeast: 2)
        #expect(Set(both.compactMap { $0["id"]?.string }).count == 2)
        try await client.answer(both[1], accepted("because"))
        #expect(try Self.result(await response)?["isError"] == false)
    }

    @Test func `everything is asked at once, each in its own request`() async throws {
        let client = try await Client()
        let exchange = ExchangeInMemory()
        async let response = client.call("lab_everything", over: exchange)
        let requests = try await Self.requests(exchange, atLeast: 4)
        for request in requests {
            switch request["method"] {
            case "sampling/createMessage":
                try await client.answer(
                    request,
                    ["role": "assistant", "content": ["type": "text", "text": "x"], "model": "m"]
                )
            case "roots/list": try await client.answer(request, ["roots": [["uri": "file:///home"]]])
            case _ where request["params"]?["mode"] == "url":
                #expect(request["params"]?["elicitationId"]?.string?.utf8.count == 22)
                try await client.answer(request, ["action": "accept"])
            default: try await client.answer(request, accepted("Ada"))
            }
        }
        let answers = try Self.result(await response)?["structuredContent"]?["answers"]?.object
        #expect(Set(answers?.members.map(\.name) ?? []) == ["name", "page", "model", "roots"])
    }

    @Test func `a prompt asks too`() async throws {
        let client = try await Client()
        let exchange = ExchangeInMemory()
        async let response = client.call("lab_letter", "prompts/get", over: exchange)
        try await client.answer(try await Self.requests(exchange)[0], accepted("Ada"))
        #expect(try Self.result(await response)?["messages"]?.array?.count == 1)
    }

    @Test func `what ends something asks its user first`() async throws {
        let client = try await Client()
        let exchange = ExchangeInMemory()
        async let response = client.call("lab_end", over: exchange)
        try await client.answer(try await Self.requests(exchange)[0], agreed())
        #expect(try Self.result(await response)?["structuredContent"] == ["consent": true])
    }

    @Test(
        arguments: [
            ("2025-11-25", [:], "lab_name"), ("2025-11-25", ["sampling": [:]], "lab_name"),
            ("2025-03-26", ["elicitation": [:]], "lab_name"),
            ("2025-06-18", ModernClient.everything, "lab_everything"),
        ] as [(String, JSONValue, String)]
    )
    func `a client that cannot be asked is told what to do instead`(
        revision: String,
        capabilities: JSONValue,
        tool: String
    ) async throws {
        let client = try await Client(revision: revision, capabilities: capabilities)
        let result = try Self.result(try await client.call(tool))
        #expect(result?["isError"] == true)
        let text = result?["content"]?.array?.first?["text"]?.string
        #expect(text?.contains("elicitation") == true)
    }

    @Test func `a client that takes no stream is not asked`() async throws {
        let client = try await Client()
        let result = try Self.result(try await client.call("lab_name", accept: "application/json"))
        #expect(result?["structuredContent"]?["error"]?["code"] == "unavailable")
    }

    @Test func `forms of 2025-06-18 have no mode`() async throws {
        let client = try await Client(revision: "2025-06-18", capabilities: ["elicitation": [:]])
        let exchange = ExchangeInMemory()
        async let response = client.call("lab_name", over: exchange)
        let request = try await Self.requests(exchange)[0]
        #expect(request["params"]?["mode"] == nil && request["params"]?["requestedSchema"] != nil)
        try await client.answer(request, accepted("Ada"))
        #expect(try Self.result(await response)?["isError"] == false)
    }

    @Test func `an error in place of an answer is a no`() async throws {
        let client = try await Client()
        let exchange = ExchangeInMemory()
        async let response = client.call("lab_name", over: exchange)
        let request = try await Self.requests(exchange)[0]
        let error: JSONValue = ["code": -1, "message": "User rejected."]
        #expect(try await client.send(["jsonrpc": "2.0", "id": request["id"] ?? .null, "error": error]) == 202)
        let result = try Self.result(await response)
        #expect(result?["structuredContent"]?["answers"] == ["name": ["action": "cancel"]])
    }

    @Test func `another session cannot answer, and unknown answers are dropped`() async throws {
        let client = try await Client()
        let other = try await Client(client.gateway)
        let exchange = ExchangeInMemory()
        async let response = client.call("lab_name", over: exchange)
        let request = try await Self.requests(exchange)[0]
        let forged: JSONValue = ["jsonrpc": "2.0", "id": request["id"] ?? .null, "result": accepted("Eve")]
        #expect(try await client.send(forged, session: other.session) == 202)
        #expect(try await client.send(["jsonrpc": "2.0", "id": "beamline-99", "result": accepted("Eve")]) == 202)
        #expect(try await client.send(["jsonrpc": "2.0", "id": 1, "result": accepted("Eve")]) == 202)
        try await client.answer(request, accepted("Ada"))
        #expect(try Self.result(await response)?["structuredContent"]?["answers"] == ["name": accepted("Ada")])
    }

    @Test func `a question that is not answered in time ends the call`() async throws {
        let gateway = Gateway(
            questions: QuestionLimits(lifetime: .milliseconds(1)),
            further: [AskingProvider.contribution()]
        )
        let result = try Self.result(try await Client(gateway).call("lab_name"))
        #expect(result?["structuredContent"]?["error"]?["code"] == "timeout")
    }

    @Test func `a call that asks too often ends`() async throws {
        let gateway = Gateway(questions: QuestionLimits(rounds: 2), further: [AskingProvider.contribution()])
        let client = try await Client(gateway)
        let exchange = ExchangeInMemory()
        async let response = client.call("lab_endless", over: exchange)
        for round in 1...2 {
            let requests = try await Self.requests(exchange, atLeast: round)
            try await client.answer(requests[round - 1], accepted("again"))
        }
        #expect(try Self.result(await response)?["structuredContent"]?["error"]?["code"] == "unavailable")
    }

    @Test(arguments: ["lab_sample", "lab_name"])
    func `the end of a session ends its questions, and nobody is said to have answered`(tool: String) async throws {
        let client = try await Client()
        let exchange = ExchangeInMemory()
        async let response = client.call(tool, over: exchange)
        _ = try await Self.requests(exchange)
        let ended = try await client.gateway.send(method: "DELETE", ["Mcp-Session-Id": client.session])
        #expect(ended.status == 204)
        #expect(try Self.result(await response)?["structuredContent"]?["error"]?["code"] == "unavailable")
    }

    @Test func `a cancelled call stops waiting`() async throws {
        let client = try await Client()
        let exchange = ExchangeInMemory()
        async let response = client.call("lab_name", over: exchange)
        _ = try await Self.requests(exchange)
        let cancelled: JSONValue = [
            "jsonrpc": "2.0", "method": "notifications/cancelled", "params": ["requestId": 1],
        ]
        #expect(try await client.send(cancelled) == 202)
        #expect(try await response.events.count == 1)
    }

    @Test func `a question nobody waits for is taken back`() async throws {
        let client = try await Client()
        let exchange = ExchangeInMemory()
        async let response = client.call("lab_everything", over: exchange)
        let requests = try await Self.requests(exchange, atLeast: 4)
        let model = try #require(requests.first { $0["method"] == "sampling/createMessage" })
        let error: JSONValue = ["code": -1, "message": "No model."]
        #expect(try await client.send(["jsonrpc": "2.0", "id": model["id"] ?? .null, "error": error]) == 202)
        let events = try await response.events.map { try JSONValue(parsing: Array($0.utf8)) }
        let taken = events.filter { $0["method"] == "notifications/cancelled" }.compactMap {
            $0["params"]?["requestId"]
        }
        #expect(Set(taken) == Set(requests.compactMap { $0["id"] }.filter { $0 != model["id"] }))
    }

    @Test func `a reload ends what waits for an answer`() async throws {
        let client = try await Client()
        let exchange = ExchangeInMemory()
        async let response = client.call("lab_name", over: exchange)
        _ = try await Self.requests(exchange)
        client.gateway.sessions.endQuestions()
        #expect(try Self.result(await response)?["structuredContent"]?["error"]?["code"] == "unavailable")
        let again = ExchangeInMemory()
        async let second = client.call("lab_name", over: again)
        try await client.answer(try await Self.requests(again)[0], accepted("Ada"))
        #expect(try Self.result(await second)?["isError"] == false)
    }

    @Test func `a session whose client is asked something is in use, however long that takes`() async throws {
        let client = try await Client()
        let exchange = ExchangeInMemory()
        async let response = client.call("lab_name", over: exchange)
        let request = try await Self.requests(exchange)[0]
        client.gateway.clock.advance(by: .seconds(3 * 3600))
        try await client.answer(request, accepted("Ada"))
        #expect(try Self.result(await response)?["isError"] == false)
    }

    @Test func `one caller's session makes room for another, and its questions end with it`() async throws {
        let gateway = Gateway(
            sessionLimits: SessionStore.Limits(sessionsPerOwner: 1),
            further: [AskingProvider.contribution()]
        )
        let client = try await Client(gateway)
        let exchange = ExchangeInMemory()
        async let response = client.call("lab_name", over: exchange)
        _ = try await Self.requests(exchange)
        _ = try await Client(gateway)
        #expect(try Self.result(await response)?["structuredContent"]?["error"]?["code"] == "unavailable")
    }

    @Test func `so many calls of one caller wait for an answer as the site says`() async throws {
        let gateway = Gateway(
            sessionLimits: SessionStore.Limits(questionsPerOwner: 1),
            further: [AskingProvider.contribution()]
        )
        let client = try await Client(gateway)
        let exchange = ExchangeInMemory()
        async let response = client.call("lab_name", over: exchange)
        let request = try await Self.requests(exchange)[0]
        let second = try Self.result(try await client.call("lab_name"))
        #expect(second?["structuredContent"]?["error"]?["code"] == "rate_limited")
        try await client.answer(request, accepted("Ada"))
        #expect(try Self.result(await response)?["isError"] == false)
    }

    @Test func `a question does not outlive the token it was asked under`() async throws {
        let client = try await Client(token: "brief")
        let result = try Self.result(try await client.call("lab_name"))
        #expect(result?["structuredContent"]?["error"]?["code"] == "timeout")
    }

    @Test func `nothing is asked in a batch`() async throws {
        let client = try await Client(revision: "2025-03-26")
        let body = "[" + Client.request(1, "tools/call", ["name": "lab_sample"]) + "]"
        let response = try await client.gateway.send(body, ["Mcp-Session-Id": client.session])
        #expect(response.json?.array?.first?["result"]?["isError"] == true)
    }
}
