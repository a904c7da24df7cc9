import MCPServer
import Testing

@Suite("Protocol transcripts")
struct TranscriptTests {
    @Test(arguments: try Transcript.files().flatMap(Transcript.read))
    func `the endpoint answers as the transcript says`(transcript: Transcript) async throws {
        #expect(!transcript.title.isEmpty && !transcript.specification.isEmpty)
        #expect(!transcript.exchanges.isEmpty)
        let gateway = Gateway(further: transcript.hasLab ? [AskingProvider.contribution()] : [])
        var player = TranscriptPlayer(transcript, against: gateway)
        for (number, exchange) in transcript.exchanges.enumerated() {
            try await player.play(exchange, number: number + 1)
        }
        #expect(player.gateway.hub.count == 0, "streams are left open")
    }

    @Test func `every file of transcripts is read`() throws {
        let expected = [
            "authorization.json", "bare-view.json", "modern-arguments.json", "modern-caching.json",
            "modern-envelope.json", "modern-headers.json", "modern-items.json", "modern-lifecycle.json",
            "modern-metadata.json", "modern-parameters.json", "modern-questions.json", "modern-stateless.json",
            "modern-streams.json", "modern-subscriptions.json", "modern-tools.json", "session-2025-03-26.json",
            "session-2025-06-18.json", "session-2025-11-25.json", "session-items.json", "session-lifecycle.json",
            "session-questions.json", "session-streams.json", "session-tools.json", "transport.json",
        ]
        #expect(try Transcript.files() == expected)
        for file in expected { #expect(try !Transcript.read(file).isEmpty) }
    }
}
