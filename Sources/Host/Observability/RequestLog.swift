package import GatewayCore
import Logging

/// Writes every call to the log, at `info`: who, what and how it ended; never an argument or a result.
package struct RequestLog: Auditing {
    private let writer: LogWriter
    private let threshold: LogThreshold

    package init(writer: LogWriter, threshold: LogThreshold) {
        self.writer = writer
        self.threshold = threshold
    }

    package func record(_ event: AuditEvent) {
        guard threshold.level <= .info else { return }
        writer.submit(event.withoutArguments)
    }

    static func line(_ event: AuditEvent, _ time: LogTime) -> LogLine {
        var fields: [(name: String, value: LogLine.Value)] = [("request_id", .text(event.requestID.description))]
        if let trace = event.trace {
            fields.append(("trace_id", .text(trace.traceID)))
            fields.append(("span_id", .text(trace.spanID)))
        }
        if !event.principal.isAnonymous {
            fields.append(("issuer", .text(event.principal.issuer)))
            fields.append(("subject", .text(event.principal.subject)))
        }
        if let client = event.principal.client { fields.append(("client", .text(client))) }
        if let item = event.item {
            fields.append(("namespace", .text(item.namespace)))
            fields.append(("tool", .text(item.localName)))
        }
        fields.append(("outcome", .text(event.outcome.description)))
        let tenths = (event.duration / .microseconds(100)).rounded()
        fields.append(("ms", .number(tenths / 10)))
        return LogLine(time: time, level: "info", label: "beamline.request", message: "call", fields: fields)
    }
}
