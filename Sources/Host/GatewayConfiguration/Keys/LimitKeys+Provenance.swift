/// The keys of `limits` about what is remembered of results.
extension LimitKeys {
    static var provenance: [SettingKey<LimitSettings>] {
        [
            .integer(
                "provenance_results",
                \.provenanceResults,
                0...10_000_000,
                takes: .atStart,
                "Results whose origin is remembered; the oldest go first. With 0 results have no ids"
            ),
            .time(
                "provenance_retention",
                \.provenanceRetention,
                .seconds(60)...(.seconds(3660 * 86_400)),
                "How long the origin of a result is remembered"
            ),
            .integer(
                "provenance_values",
                \.provenanceValues,
                0...1_000_000,
                "Different values of one result that are remembered, as eight bytes each; of others it cannot be told whether they occur in it"
            ),
            .integer(
                "provenance_waiting",
                \.provenanceWaiting,
                1...1_000_000,
                "Results that may wait to be written; one more is not remembered, and counted"
            ),
            .integer("provenance_waiting_bytes", \.provenanceWaitingBytes, bytes, "Bytes of such results"),
        ]
    }
}
