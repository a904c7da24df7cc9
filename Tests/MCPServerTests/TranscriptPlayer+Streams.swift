import HTTPServer
import JSON
import TestSupport
import Testing

/// Streams of changes: what they say at first, and after each thing that happens.
extension TranscriptPlayer {
    mutating func playStream(_ exchange: Transcript.Exchange, _ response: HTTPResponse, _ number: Int) async throws {
        guard case .stream(let write) = response.body else {
            Issue.record("exchange \(number): the answer is no stream but \(response.status)")
            return
        }
        let connection = ExchangeInMemory()
        let writing = Task { try await write(connection) }
        var head = response
        head.body = .empty
        try check(head, exchange, number)
        var heard = 0
        try await hear(exchange.response["stream"] ?? [], after: &heard, on: connection, number)
        for happening in exchange.happenings {
            if let change = happening.change { gateway.change(change) }
            if let inner = happening.exchange { try await play(inner, number: number) }
            try await hear(happening.events, after: &heard, on: connection, number)
        }
        // The client goes, unless the stream has ended.
        connection.disconnect()
        writing.cancel()
        _ = await writing.result
        #expect(connection.events.count == heard, "exchange \(number): more was said than \(connection.events)")
    }

    /// Waits until the events have come, and compares them.
    private func hear(
        _ expected: JSONValue,
        after heard: inout Int,
        on connection: ExchangeInMemory,
        _ number: Int
    ) async throws {
        let count = heard + (expected.array?.count ?? 0)
        await Polling.until("exchange \(number) says \(expected)") {
            !connection.pieces.isEmpty && connection.events.count >= count
        }
        let events = try connection.events.map { try JSONValue(parsing: Array($0.utf8)) }
        let new = JSONValue.array(Array(events.dropFirst(heard)))
        #expect(Self.matches(new, substituted(expected)), "exchange \(number): \(new)")
        heard = count
    }
}

extension ExchangeInMemory {
    /// The data of the events written so far.
    var events: [String] {
        HTTPResponse(status: 200, body: .bytes(Array(pieces.joined().utf8))).events
    }
}
