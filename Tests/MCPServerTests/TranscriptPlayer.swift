import GatewayCore
import HTTPServer
import JSON
import MCPServer
import TestSupport
import Testing

/// Plays a transcript against an endpoint and compares.
struct TranscriptPlayer {
    let gateway: Gateway
    private let headers: JSONObject
    var values: [String: JSONValue]

    init(_ transcript: Transcript, against gateway: Gateway) {
        self.gateway = gateway
        headers = transcript.headers
        values = transcript.substitutions
    }

    mutating func play(_ exchange: Transcript.Exchange, number: Int) async throws {
        let request = request(exchange.request)
        guard exchange.happenings.isEmpty else {
            return try await playStream(exchange, await gateway.endpoint.respond(to: request), number)
        }
        guard exchange.rounds.isEmpty else { return try await playRounds(exchange, request, number) }
        guard !exchange.meanwhile.isEmpty else {
            return try check(await Self.respond(to: request, gateway), exchange, number)
        }
        let connection = ExchangeInMemory()
        let streams = exchange.response["events"] != nil
        async let running = Self.respond(to: request, gateway, over: connection)
        await Polling.until("the call waits") {
            gateway.provider.waiting > 0 && (!streams || !connection.pieces.isEmpty)
        }
        for inner in exchange.meanwhile {
            try check(await Self.respond(to: self.request(inner.request), gateway), inner, number)
        }
        try check(await running, exchange, number)
    }

    static func respond(
        to request: HTTPRequest,
        _ gateway: Gateway,
        over connection: ExchangeInMemory = ExchangeInMemory()
    ) async throws -> HTTPResponse {
        try await connection.answer(gateway.endpoint.respond(to: request))
    }

    mutating func check(_ response: HTTPResponse, _ exchange: Transcript.Exchange, _ number: Int) throws {
        if let session = response.field("Mcp-Session-Id") {
            values["<session>"] = .string(session)
            if let name = exchange.response["session"]?.string { values[name] = .string(session) }
        }
        let comment: Comment = "exchange \(number): \(String(decoding: response.content, as: UTF8.self))"
        #expect(response.status == exchange.response["status"]?.integer, comment)
        for member in exchange.response["headers"]?.object?.members ?? [] {
            #expect(response.field(member.name) == member.value.string, comment)
        }
        if let text = exchange.response["text"]?.string {
            #expect(String(decoding: response.content, as: UTF8.self) == text, comment)
        }
        if let expected = exchange.response["events"] {
            let events = try response.events.map { try JSONValue(parsing: Array($0.utf8)) }
            #expect(Self.matches(.array(events), substituted(expected)), comment)
        }
        if let expected = exchange.response["body"] {
            try expectBody(expected, of: response, comment)
        }
        for capture in exchange.response["capture"]?.object?.members ?? [] {
            var value = try JSONValue(parsing: response.content)
            for step in capture.value.array ?? [] {
                value = try #require(step.string.flatMap { value[$0] }, comment)
            }
            values[capture.name] = value
        }
    }

    private func expectBody(_ expected: JSONValue, of response: HTTPResponse, _ comment: Comment) throws {
        guard !expected.isNull else {
            #expect(response.content.isEmpty, comment)
            return
        }
        let actual = try JSONValue(parsing: response.content)
        #expect(Self.matches(actual, substituted(expected)), comment)
    }

    func request(_ description: JSONValue) -> HTTPRequest {
        var fields = headers
        fields["Host"] = fields["Host"] ?? "gw.example.org"
        for member in description["headers"]?.object?.members ?? [] {
            // Names compare without regard to case, so a request's own spelling replaces the file's.
            for name in fields.names where name.lowercased() == member.name.lowercased() { fields[name] = nil }
            fields[member.name] = member.value
        }
        let body: [UInt8] =
            description["text"].map { Array(($0.string ?? "").utf8) }
            ?? description["bytes"].map { ($0.array ?? []).compactMap { $0.integer.flatMap(UInt8.init) } }
            ?? description["body"].map { substituted($0).serialized } ?? []
        return HTTPRequest(
            method: description["method"]?.string ?? "POST",
            path: description["path"]?.string ?? "/mcp",
            query: description["query"]?.string,
            headers: HTTPHeaderFields(fields.members.flatMap { self.fields($0.name, substituted($0.value)) }),
            body: body
        )
    }

    private func fields(_ name: String, _ value: JSONValue) -> [HTTPField] {
        (value.array ?? [value]).compactMap(\.string).map { HTTPField(name, $0) }
    }

    func substituted(_ value: JSONValue) -> JSONValue {
        switch value {
        case .string(let text): values[text] ?? value
        case .array(let elements): .array(elements.map(substituted))
        case .object(let object):
            .object(JSONObject(members: object.members.map { .init(name: $0.name, value: substituted($0.value)) }))
        default: value
        }
    }

    /// Whether two values are equal, `<any>` being equal to everything.
    ///
    /// The order of members does not matter.
    static func matches(_ actual: JSONValue, _ expected: JSONValue) -> Bool {
        switch (actual, expected) {
        case (_, .string("<any>")): true
        case (.array(let left), .array(let right)):
            left.count == right.count && zip(left, right).allSatisfy { matches($0, $1) }
        case (.object(let left), .object(let right)):
            left.count == right.count
                && right.members.allSatisfy { member in left[member.name].map { matches($0, member.value) } ?? false }
        default: actual == expected
        }
    }
}

extension HTTPResponse {
    /// The bytes of the content.
    var content: [UInt8] {
        switch body {
        case .bytes(let bytes): bytes
        case .empty, .stream, .undecided: []
        }
    }

    /// The data of the events of a stream.
    var events: [String] {
        String(decoding: content, as: UTF8.self).split(separator: "\n\n").compactMap { event in
            event.hasPrefix("event: message\ndata: ") ? String(event.dropFirst("event: message\ndata: ".count)) : nil
        }
    }

    /// The content as JSON.
    var json: JSONValue? { try? JSONValue(parsing: content) }

    /// The value of a field, nil when it is not there.
    func field(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }
}
