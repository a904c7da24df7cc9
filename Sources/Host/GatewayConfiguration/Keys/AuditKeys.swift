/// The keys of `audit`.
enum AuditKeys {
    static var table: KeyTable<AuditTrailSettings> {
        KeyTable([
            .bool("enabled", \.isEnabled, takes: .atStart, "Whether there is a trail"),
            .text(
                "directory",
                \.directory,
                takes: .atStart,
                "A folder for its files, one for each gateway. Default `audit` in `state.directory`"
            ),
            .integer(
                "file_bytes",
                \.fileBytes,
                4096...(1 << 30),
                "A file that has so many bytes is followed by the next"
            ),
            .time(
                "retention",
                \.retention,
                .seconds(86_400)...(.seconds(3660 * 86_400)),
                "How long a finished file is kept"
            ),
            .integer(
                "waiting",
                \.waiting,
                1...1_000_000,
                "Calls that may wait to be written; one more is lost, counted and told of in the trail"
            ),
            .texts(
                "clear_arguments",
                \.clearArguments,
                "Arguments that are written as they are, as `NAMESPACE_TOOL.ARGUMENT`, or `.*` for all of a tool's. Of others there is a digest"
            ),
            .texts(
                "officers",
                \.officers,
                "Roles, as `NAMESPACE.ROLE`, that read what the trail says of their namespace, with `beamline_audit_search`; give them to groups like any role"
            ),
            .integer(
                "search_bytes",
                \.searchBytes,
                (1 << 20)...(1 << 30),
                "How much of the trail one such search reads"
            ),
            .integer(
                "searches",
                \.searches,
                1...1000,
                "How many such searches may wait; one more is told to come again"
            ),
        ])
    }
}
