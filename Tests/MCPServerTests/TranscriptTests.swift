import Testing

@Suite("Protocol transcripts")
struct TranscriptTests {
    @Test(arguments: try Transcript.files().flatMap(Transcript.read))
    func `the endpoint answers as the transcript says`(transcript: Transcript) async throws {
        #expect(!transcript.title.isEmpty && !transcript.specification.isEmpty)
        #expect(!transcript.exchanges.isEmpty)
        var player = TranscriptPlayer(transcript, against: Gateway())
        for (number, exchange) in transcript.exchanges.enumerated() {
            try await player.play(exchange, number: number + 1)
        }
    }

    @Test func `every file of transcripts is read`() throws {
        let expected = [
            "authorization.json", "bare-view.json", "modern-envelope.json", "modern-headers.json", "modern-items.json",
            "modern-lifecycle.json", "modern-parameters.json", "modern-streams.json", "modern-tools.json",
            "session-items.json", "session-lifecycle.json", "session-streams.json", "session-tools.json",
            "transport.json",
        ]
        #expect(try Transcript.files() == expected)
        for file in expected { #expect(try !Transcript.read(file).isEmpty) }
    }
}
