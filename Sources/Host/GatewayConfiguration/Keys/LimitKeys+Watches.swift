/// The keys of `limits` about resources that clients watch.
extension LimitKeys {
    static var watches: [SettingKey<LimitSettings>] {
        [
            .integer(
                "watched_resources",
                \.watchedResources,
                1...1_000_000,
                takes: .atStart,
                "Resources of one plugin that it watches for clients at a time; others wait for a place"
            ),
            .integer(
                "watched_resources_per_principal",
                \.watchedResourcesPerPrincipal,
                1...1_000_000,
                "Resources that the streams of one caller watch; above it 503"
            ),
            .time(
                "watch_rest",
                \.watchRest,
                .milliseconds(1)...(.seconds(3600)),
                takes: .atStart,
                "How long a resource that a plugin cannot watch is left alone at first; doubled each time"
            ),
            .time(
                "watch_longest_rest",
                \.watchLongestRest,
                .milliseconds(1)...(.seconds(3600)),
                takes: .atStart,
                "How long such a resource is left alone at most"
            ),
        ]
    }
}
