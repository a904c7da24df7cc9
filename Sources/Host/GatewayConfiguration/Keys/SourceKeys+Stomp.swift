/// The keys of a source of kind `stomp`.
extension SourceKeys {
    static var stomp: KeyTable<StompSettings> {
        KeyTable([
            .neededText("host", \.host, "The broker's name or address"),
            .integer("port", \.port, 1...65_535, "The port on which it speaks STOMP"),
            .optionalText(
                "virtual_host",
                \.virtualHost,
                "Its name for itself, for a broker that serves several; default `host`"
            ),
            .bool(
                "tls",
                \.isEncrypted,
                "Whether the connection is encrypted; the broker's certificate is always checked"
            ),
            .optionalText(
                "ca",
                \.authoritiesFile,
                "A PEM file of the only authorities of the broker's certificate, in place of those of `trust`"
            ),
            .optionalText("user", \.user, "Who the gateway is to the broker; none for a broker that lets everybody in"),
            .secret("password", \.password, "`{file: PATH}` or `{env: NAME}`"),
            .texts(
                "destinations",
                \.destinations,
                "Where plugins may send messages, such as `/queue/control`; a `*` at the end stands for one part of a name. Default none"
            ),
            .text(
                "reply_prefix",
                \.replyPrefix,
                "What the names of the queues for answers begin with; the broker must let the user make and read them"
            ),
            .time(
                "heart_beat",
                \.heartBeat,
                .zero...(.seconds(600)),
                "How often a sign of life is sent and wanted; `0s` for none"
            ),
            .time(
                "connect_timeout",
                \.connectTimeout,
                .milliseconds(100)...(.seconds(60)),
                "How long a connection may take to stand"
            ),
            .integer("maximum_bytes", \.maximumBytes, 1...(64 << 20), "The longest body of a message or an answer"),
            .integer(
                "buffered_bytes",
                \.bufferedBytes,
                (64 << 10)...(1 << 30),
                "How much may wait for a broker that takes messages slowly; what would pass it is refused"
            ),
        ])
    }
}
