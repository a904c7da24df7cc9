/// The limits of what is said before an answer.
extension LimitKeys {
    static var streams: [SettingKey<LimitSettings>] {
        [
            .time(
                "progress_interval",
                \.progressInterval,
                .zero...(.seconds(60)),
                "The least time between two progress messages of one call; of what comes sooner the latest waits, with 0s all"
            ),
            .integer(
                "stream_buffer_bytes",
                \.streamBufferBytes,
                bytes,
                "Messages of one call that wait for a client that reads slowly; beyond, the oldest are lost"
            ),
            .time(
                "stream_keep_alive",
                \.streamKeepAlive,
                .milliseconds(100)...(.seconds(3600)),
                "How long a stream may be silent before a comment is sent"
            ),
        ]
    }

    static var questions: [SettingKey<LimitSettings>] {
        [
            .time(
                "question_lifetime",
                \.questionLifetime,
                .seconds(1)...(.seconds(86_400)),
                "How long a question to the user may stay unanswered"
            ),
            .integer(
                "question_rounds",
                \.questionRounds,
                1...1000,
                "How often one call may ask; above it `unavailable`"
            ),
            .integer(
                "questions_per_principal",
                \.questionsPerPrincipal,
                1...100_000,
                "Calls of one caller with a session that wait for an answer; above it `rate_limited`"
            ),
            .integer(
                "agreements",
                \.agreements,
                1...10_000_000,
                "Users' agreements remembered until they are too old, as each is good for one call; above it `rate_limited`"
            ),
            .integer(
                "agreements_per_principal",
                \.agreementsPerPrincipal,
                1...10_000_000,
                "Such agreements of one caller; above it `rate_limited`"
            ),
            .integer(
                "question_bytes",
                \.questionBytes,
                bytes,
                takes: .atStart,
                "A question of a plugin; a larger one fails its call"
            ),
            .integer(
                "answer_bytes",
                \.answerBytes,
                bytes,
                "All answers to one call together; above it the request is refused"
            ),
            .integer(
                "question_memory_bytes",
                \.questionMemoryBytes,
                0...(1 << 20),
                takes: .atStart,
                "What a plugin may want to remember until the answer; more fails its call"
            ),
        ]
    }
}
