/// `limits`: what anything may cost before it is refused.
package struct LimitSettings: Hashable, Sendable {
    /// The largest request body, in bytes.
    package var requestBodyBytes = 1 << 20
    /// The largest request head, in bytes.
    package var requestHeaderBytes = 16 << 10
    /// The deepest nesting of arrays and objects in a request.
    package var jsonDepth = 64
    /// How long a tool may take when it does not say.
    package var toolTimeout = Duration.seconds(30)
    /// How long a tool may take whatever it says.
    package var longestToolTimeout = Duration.seconds(120)
    /// How large plugins are asked to keep a result, in bytes.
    package var resultBudgetBytes = 32 << 10
    /// The largest result passed on, in bytes.
    package var resultCapBytes = 16 << 20
    /// Sessions of clients before 2026-07-28.
    package var sessions = 1000
    /// How long such a session may be idle.
    package var sessionIdle = Duration.seconds(1800)
    /// Items on one page of a list.
    package var listPage = 250
    /// Connections open at once.
    package var connections = 4096
    /// Rows of one query.
    package var queryRows = 10_000
    /// Bytes of rows of one query.
    package var queryBytes = 8 << 20
    /// Queries one source answers at once, for all plugins together.
    package var queriesPerSource = 8
}
