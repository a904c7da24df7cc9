import GatewayCore
import JSON

/// The JSON a plugin is told about a request: who calls, by which path, how large the answer may be.
enum CallContextText {
    /// Writes the context of a call.
    ///
    /// Roles and scopes become local words; those of other namespaces are left out.
    static func write(_ call: ProviderCall, namespace: String) -> [UInt8] {
        write(
            call.principal,
            namespace,
            call.requestID,
            call.viewPath,
            call.trace,
            call.budgetBytes,
            call.interaction,
            call.listener
        )
    }

    /// Writes the context of a request about another item.
    static func write(_ request: ItemRequest, namespace: String) -> [UInt8] {
        write(
            request.principal,
            namespace,
            request.requestID,
            request.viewPath,
            request.trace,
            request.budgetBytes,
            request.interaction
        )
    }

    /// Writes the context of an operation on a source, with no caller.
    static func write(_ question: SourceQuestion) -> [UInt8] {
        write(.anonymous, question.namespace, question.requestID, "", question.trace, 0, Interaction())
    }

    /// Writes the context of the question whether a call is allowed.
    static func write(_ request: NarrowingRequest, namespace: String) -> [UInt8] {
        write(
            request.principal,
            namespace,
            request.requestID,
            request.viewPath,
            request.trace,
            0,
            Interaction()
        )
    }

    private static func write(
        _ principal: Principal,
        _ namespace: String,
        _ requestID: RequestID,
        _ viewPath: String,
        _ trace: TraceContext?,
        _ budgetBytes: Int,
        _ interaction: Interaction,
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
        write(interaction, into: &writer)
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

    /// What the client can be asked, and what was asked before.
    private static func write(_ interaction: Interaction, into writer: inout JSONWriter) {
        if !interaction.abilities.isEmpty {
            writer.name("client_capabilities")
            write(interaction.abilities, into: &writer)
        }
        if !interaction.answers.isEmpty {
            writer.name("input_responses")
            writer.writeRaw(interaction.answers)
        }
        if let memory = interaction.memory {
            writer.name("state")
            writer.write(memory)
        }
        if let last = interaction.agreements.last {
            writer.name("consent")
            last.statement.write(granted: last.isGranted, to: &writer)
            writer.name("consents")
            writer.beginArray()
            for agreement in interaction.agreements {
                agreement.statement.write(granted: agreement.isGranted, to: &writer)
            }
            writer.endArray()
        } else if let consent = interaction.consent {
            writer.name("consent")
            writer.beginObject()
            writer.name("granted")
            writer.write(consent)
            writer.endObject()
        }
    }

    private static func write(_ abilities: ClientAbilities, into writer: inout JSONWriter) {
        writer.beginObject()
        if !abilities.isDisjoint(with: [.form, .link]) {
            writer.name("elicitation")
            writer.beginObject()
            if abilities.contains(.form) { writeEmpty("form", into: &writer) }
            if abilities.contains(.link) { writeEmpty("url", into: &writer) }
            writer.endObject()
        }
        if abilities.contains(.sampling) { writeEmpty("sampling", into: &writer) }
        if abilities.contains(.roots) { writeEmpty("roots", into: &writer) }
        writer.endObject()
    }

    private static func writeEmpty(_ name: String, into writer: inout JSONWriter) {
        writer.name(name)
        writer.beginObject()
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
