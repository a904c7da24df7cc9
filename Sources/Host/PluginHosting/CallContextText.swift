import GatewayCore
import JSON

/// The JSON a plugin is told about a request: who calls, by which path, how large the answer may be.
enum CallContextText {
    /// Writes the context of a call.
    ///
    /// Roles and scopes become local words; those of other namespaces are left out.
    static func write(_ call: ProviderCall, namespace: String) -> [UInt8] {
        write(call.principal, namespace, call.requestID, call.viewPath, call.trace, call.budgetBytes, call.listener)
    }

    /// Writes the context of a request about another item.
    static func write(_ request: ItemRequest, namespace: String) -> [UInt8] {
        write(
            request.principal,
            namespace,
            request.requestID,
            request.viewPath,
            request.trace,
            request.budgetBytes
        )
    }

    private static func write(
        _ principal: Principal,
        _ namespace: String,
        _ requestID: RequestID,
        _ viewPath: String,
        _ trace: TraceContext?,
        _ budgetBytes: Int,
        _ listener: CallListener? = nil
    ) -> [UInt8] {
        var writer = JSONWriter(capacity: 384)
        writer.beginObject()
        if !principal.isAnonymous {
            writer.name("principal")
            write(principal, namespace, into: &writer)
        }
        writer.name("request_id")
        writer.write(requestID.description)
        writer.name("view")
        writer.write(viewPath)
        if let trace {
            writer.name("traceparent")
            writer.write(trace.traceParent)
            if !trace.traceState.isEmpty {
                writer.name("tracestate")
                writer.write(trace.traceState)
            }
        }
        if let listener { write(listener, into: &writer) }
        writer.name("budget_bytes")
        writer.write(budgetBytes)
        writer.endObject()
        return writer.bytes
    }

    private static func write(_ principal: Principal, _ namespace: String, into writer: inout JSONWriter) {
        writer.beginObject()
        writer.name("issuer")
        writer.write(principal.issuer)
        writer.name("subject")
        writer.write(principal.subject)
        if let username = principal.username {
            writer.name("username")
            writer.write(username)
        }
        writer.name("roles")
        writeLocal(principal.roles, after: namespace + ".", into: &writer)
        writer.name("scopes")
        writeLocal(principal.scopes, after: namespace + ":", into: &writer)
        if let client = principal.client {
            writer.name("client")
            writer.write(client)
        }
        writer.endObject()
    }

    private static func write(_ listener: CallListener, into writer: inout JSONWriter) {
        writer.name("wants")
        writer.beginObject()
        writer.name("progress")
        writer.write(listener.wantsProgress)
        if let severity = listener.severity {
            writer.name("log_level")
            writer.write(severity.name)
        }
        writer.endObject()
    }

    private static func writeLocal(_ words: Set<String>, after prefix: String, into writer: inout JSONWriter) {
        writer.beginArray()
        // Sorted, so that the same caller always makes the same bytes.
        let mine = words.filter { $0.hasPrefix(prefix) }
        for word in mine.count > 1 ? mine.sorted() : Array(mine) {
            writer.write(String(word.utf8.dropFirst(prefix.utf8.count)) ?? "")
        }
        writer.endArray()
    }
}
