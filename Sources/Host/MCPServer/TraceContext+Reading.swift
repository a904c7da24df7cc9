import GatewayCore
import HTTPServer
import MCPModel

extension HTTPHeaderFields {
    /// The place in the client's trace; nil unless there is exactly one `traceparent` and it is well-formed.
    ///
    /// Several `tracestate` fields are one list (W3C Trace Context section 3.3).
    var trace: TraceContext? {
        guard count(HeaderName.traceParent) == 1, let parent = first(HeaderName.traceParent) else { return nil }
        return TraceContext(
            traceParent: HeaderText.trimmed(parent),
            traceState: values(HeaderName.traceState).joined(separator: ",")
        )
    }
}

extension RequestMetadata {
    /// The place in the client's trace; nil when the request names none or it is malformed.
    var trace: TraceContext? {
        traceParent.flatMap { TraceContext(traceParent: $0, traceState: traceState ?? "") }
    }
}
