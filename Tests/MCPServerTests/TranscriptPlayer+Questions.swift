import HTTPServer
import JSON
import TestSupport
import Testing

/// Calls of sessions that ask their client over their own stream, and go on with what it answers by other requests.
extension TranscriptPlayer {
    mutating func playRounds(_ exchange: Transcript.Exchange, _ request: HTTPRequest, _ number: Int) async throws {
        let connection = ExchangeInMemory()
        let running = Task { [gateway] in try await Self.respond(to: request, gateway, over: connection) }
        var heard = 0
        for round in exchange.rounds {
            let count = heard + round.questions.count
            await Polling.until("exchange \(number) asks \(round.questions.names)") {
                connection.questions.count >= count
            }
            try take(Array(connection.questions.dropFirst(heard)), in: round, number)
            heard = count
            for inner in round.exchanges { try await play(inner, number: number) }
        }
        var response = try await running.value
        #expect(connection.questions.count == heard, "exchange \(number): more was asked than \(heard) questions")
        response.body = .bytes(connection.events.filter { !Self.isQuestion($0) }.flatMap(Self.event))
        try check(response, exchange, number)
    }

    /// Compares what is asked, in whatever order it comes, and keeps the ids.
    private mutating func take(_ asked: [JSONValue], in round: Transcript.Round, _ number: Int) throws {
        #expect(asked.count == round.questions.count, "exchange \(number): \(asked)")
        for (name, expected) in round.questions.members.map({ ($0.name, substituted($0.value)) }) {
            let question = try #require(
                asked.first { question in
                    let whole: JSONValue = ["jsonrpc": "2.0", "id": question["id"] ?? .null]
                    var members = whole.object?.members ?? []
                    members += expected.object?.members ?? []
                    return Self.matches(question, .object(JSONObject(members: members)))
                },
                "exchange \(number): \(name) is not among \(asked)"
            )
            values[name] = question["id"]
        }
    }

    fileprivate static func isQuestion(_ event: String) -> Bool {
        guard let message = try? JSONValue(parsing: Array(event.utf8)) else { return false }
        return message["method"] != nil && message["id"] != nil
    }

    private static func event(_ data: String) -> [UInt8] { Array("event: message\ndata: \(data)\n\n".utf8) }
}

extension ExchangeInMemory {
    /// The requests of the gateway that were written so far.
    fileprivate var questions: [JSONValue] {
        events.filter(TranscriptPlayer.isQuestion).compactMap { try? JSONValue(parsing: Array($0.utf8)) }
    }
}
