/// The keys of `limits`.
enum LimitKeys {
    static let bytes = 1024...(1 << 30)
    private static let callTimes = Duration.milliseconds(10)...Duration.seconds(3600)

    static var table: KeyTable<LimitSettings> {
        KeyTable(
            requests + calls + lists + watches + provenance + streams + questions + sources + documents + outgoing
                + tokens + logins + plugins
        )
    }

    private static var requests: [SettingKey<LimitSettings>] {
        [
            .integer(
                "request_body_bytes",
                \.requestBodyBytes,
                bytes,
                takes: .atStart,
                "The largest request body; above it 413"
            ),
            .integer(
                "request_header_bytes",
                \.requestHeaderBytes,
                bytes,
                takes: .atStart,
                "The largest request head; above it 431"
            ),
            .integer(
                "request_header_fields",
                \.requestHeaderFields,
                1...10_000,
                takes: .atStart,
                "Header fields of one request; above it 431"
            ),
            .integer("json_depth", \.jsonDepth, 4...1024, "The deepest nesting in a request"),
            .integer("batch_messages", \.batchMessages, 1...10_000, "Messages in one batch of clients of 2025-03-26"),
            .integer(
                "connections",
                \.connections,
                1...1_000_000,
                takes: .atStart,
                "Connections open at once; above it 503"
            ),
            .integer(
                "pipelined_requests",
                \.pipelinedRequests,
                1...10_000,
                takes: .atStart,
                "Requests that wait behind a running one on their connection; above it 503"
            ),
            .time(
                "idle_timeout",
                \.idleTimeout,
                .seconds(1)...(.seconds(3600)),
                takes: .atStart,
                "How long a connection may be without a request"
            ),
            .time(
                "header_timeout",
                \.headerTimeout,
                .milliseconds(100)...(.seconds(300)),
                takes: .atStart,
                "How long a request head may take; above it 408"
            ),
            .time(
                "body_timeout",
                \.bodyTimeout,
                .milliseconds(100)...(.seconds(3600)),
                takes: .atStart,
                "How long a request body may take; above it 408"
            ),
            .time(
                "drain_timeout",
                \.drainTimeout,
                .zero...(.seconds(300)),
                takes: .atStart,
                "How long running requests may go on when the gateway is told to stop"
            ),
        ]
    }

    private static var calls: [SettingKey<LimitSettings>] {
        [
            .time("tool_timeout", \.toolTimeout, callTimes, "How long a tool may take that does not say"),
            .time("longest_tool_timeout", \.longestToolTimeout, callTimes, "How long a tool may take whatever it says"),
            .time(
                "authorize_timeout",
                \.authorizeTimeout,
                callTimes,
                "How long a plugin may take to allow a call that its rule leaves to it; no answer is a no"
            ),
            .integer("result_budget_bytes", \.resultBudgetBytes, bytes, "How large plugins are asked to keep a result"),
            .integer("result_cap_bytes", \.resultCapBytes, bytes, takes: .atStart, "The largest result passed on"),
            .integer("reported_faults", \.reportedFaults, 1...1000, "Faults of the arguments that one answer names"),
            .integer("calls", \.concurrentCalls, 1...100_000, "Calls that run at a time; above it `unavailable`"),
            .integer(
                "calls_per_principal",
                \.callsPerPrincipal,
                1...100_000,
                "Calls of one caller at a time; above it `rate_limited`"
            ),
            .integer(
                "calls_per_client",
                \.callsPerClient,
                1...100_000,
                "Calls of one client, for all its users together, at a time; above it `rate_limited`"
            ),
            .integer(
                "calls_per_namespace",
                \.callsPerNamespace,
                1...100_000,
                "Calls to one experiment at a time; above it `unavailable`"
            ),
        ]
    }

    private static var lists: [SettingKey<LimitSettings>] {
        [
            .integer("list_page", \.listPage, 1...10_000, "Tools on one page of a list"),
            .integer(
                "listed_tools",
                \.listedTools,
                1...100_000,
                "Tools that a view with `listing: auto` lists; with more it is searched"
            ),
            .integer(
                "listed_bytes",
                \.listedBytes,
                bytes,
                "Bytes of definitions that a view with `listing: auto` lists; with more it is searched"
            ),
            .time("list_lifetime", \.listLifetime, .zero...(.seconds(86_400)), "How long a client may keep a list"),
            .integer(
                "instruction_bytes",
                \.instructionBytes,
                0...(1 << 20),
                "The longest instructions for models; experiments beyond are left out"
            ),
            .integer("sessions", \.sessions, 1...1_000_000, "Sessions of older clients; above it 503"),
            .integer(
                "listen_streams",
                \.listenStreams,
                1...1_000_000,
                "Streams that tell clients of changes; above it 503"
            ),
            .integer(
                "listen_streams_per_principal",
                \.listenStreamsPerPrincipal,
                1...1_000_000,
                "Such streams of one caller; all callers without a token are one"
            ),
            .integer(
                "sessions_per_principal",
                \.sessionsPerPrincipal,
                1...1_000_000,
                "Sessions of one caller; one more ends the one not used for longest"
            ),
            .time(
                "session_idle",
                \.sessionIdle,
                .seconds(1)...(.seconds(86_400)),
                "How long such a session may be idle"
            ),
            .integer(
                "session_cancellable",
                \.sessionCancellable,
                1...100_000,
                "Running calls of one such session that its client can cancel"
            ),
        ]
    }

    private static var sources: [SettingKey<LimitSettings>] {
        [
            .integer("query_rows", \.queryRows, 1...10_000_000, takes: .atStart, "Rows of one query"),
            .integer(
                "query_bytes",
                \.queryBytes,
                bytes,
                takes: .atStart,
                "Bytes of rows of one query, or of one HTTP answer"
            ),
            .integer("queries_per_source", \.queriesPerSource, 1...1024, "Operations one source carries out at once"),
            .integer(
                "queries_waiting",
                \.queriesWaiting,
                0...100_000,
                "Operations of one plugin that may wait for one source; above it `unavailable`"
            ),
            .integer("source_failures", \.sourceFailures, 1...1000, "Failures in a row that take a source down"),
            .time(
                "source_failure_window",
                \.sourceFailureWindow,
                .seconds(1)...(.seconds(3600)),
                "Only failures of this time back count"
            ),
            .time(
                "source_patience",
                \.sourcePatience,
                .milliseconds(10)...(.seconds(120)),
                "A time-out counts as a failure of the source when the operation had this long"
            ),
            .time(
                "source_rest",
                \.sourceRest,
                .milliseconds(10)...(.seconds(600)),
                "How long a source that is down rests before it is tried again; doubled with every try"
            ),
            .time(
                "source_longest_rest",
                \.sourceLongestRest,
                .milliseconds(10)...(.seconds(3600)),
                "The longest rest between two tries"
            ),
            .integer(
                "operation_bytes",
                \.operationBytes,
                bytes,
                takes: .atStart,
                "The longest statement or request of a plugin to a source"
            ),
            .integer(
                "open_results",
                \.openResults,
                1...10_000,
                takes: .atStart,
                "Results of one plugin that wait to be fetched page by page"
            ),
            .integer(
                "open_result_bytes",
                \.openResultBytes,
                bytes,
                takes: .atStart,
                "Bytes of such results of one plugin"
            ),
            .time(
                "open_result_idle",
                \.openResultIdle,
                .seconds(1)...(.seconds(3600)),
                takes: .atStart,
                "How long such a result is kept when nobody asks for its next page"
            ),
        ]
    }

    private static var outgoing: [SettingKey<LimitSettings>] {
        [
            .integer("outbound_requests", \.outboundRequests, 1...10_000, "Outgoing HTTP requests at a time"),
            .integer(
                "outbound_requests_per_origin",
                \.outboundRequestsPerOrigin,
                1...10_000,
                "Outgoing HTTP requests at a time to one server"
            ),
            .integer(
                "outbound_waiting",
                \.outboundWaiting,
                0...100_000,
                "Outgoing HTTP requests that may wait; one more is refused"
            ),
            .time(
                "outbound_connect_timeout",
                \.outboundConnectTimeout,
                .milliseconds(100)...(.seconds(60)),
                "How long an outgoing connection, TLS included, may take to stand"
            ),
        ]
    }

    private static var plugins: [SettingKey<LimitSettings>] {
        [
            .integer(
                "plugin_queue",
                \.pluginQueue,
                1...100_000,
                takes: .atStart,
                "Calls that wait for one plugin; one more is `unavailable`"
            ),
            .integer(
                "plugin_operations",
                \.pluginOperations,
                1...100_000,
                takes: .atStart,
                "Operations of the gateway that one plugin may have open"
            ),
            .integer("plugin_threads", \.pluginThreads, 1...256, takes: .atStart, "Threads of a plugin that blocks"),
            .integer(
                "plugin_lost_calls",
                \.pluginLostCalls,
                1...10_000,
                takes: .atStart,
                "Cancelled calls that never end before a plugin gets no more"
            ),
            .time(
                "plugin_cancel_grace",
                \.pluginCancelGrace,
                .milliseconds(100)...(.seconds(300)),
                takes: .atStart,
                "How long a cancelled call may take to end"
            ),
            .time(
                "plugin_load_time",
                \.pluginLoadTime,
                .milliseconds(100)...(.seconds(300)),
                takes: .atStart,
                "How long loading, creating and destroying a plugin may take"
            ),
            .time(
                "plugin_health_interval",
                \.pluginHealthInterval,
                .milliseconds(100)...(.seconds(3600)),
                takes: .atStart,
                "How often a plugin is asked how it is"
            ),
            .time(
                "plugin_health_time",
                \.pluginHealthTime,
                .milliseconds(10)...(.seconds(60)),
                takes: .atStart,
                "How long a plugin may take to say how it is before it counts as down"
            ),
            .integer(
                "bundle_files",
                \.bundleFiles,
                1...100_000,
                takes: .atStart,
                "Files of one bundle; one with more is not loaded"
            ),
            .integer(
                "bundle_bytes",
                \.bundleBytes,
                bytes,
                takes: .atStart,
                "Bytes of all files of one bundle; one with more is not loaded"
            ),
            .integer(
                "found_plugins",
                \.foundPlugins,
                1...10_000,
                "Entries of `plugins.directory`; with more nothing in it is looked at"
            ),
            .integer(
                "icon_bytes",
                \.iconBytes,
                0...(1 << 20),
                takes: .atStart,
                "The longest icon that stands in a manifest or under `server.icons` as a `data:` URI"
            ),
        ]
    }
}
