import GatewayCore
import JSON
import Observability
import Sealing

/// One line of the trail.
enum AuditRecord: Sendable {
    case call(AuditEvent, AuditedArguments, LogTime)
    /// Something was done about calls.
    case act(AuditedAct, LogTime)
    /// So many calls could not be written before.
    case lost(UInt64, LogTime)
    /// The gateway began to write; the version is the program's.
    case begun(version: String, LogTime)
    /// The end of the last file was cut off, by so many bytes, when the gateway began.
    case mended(bytes: Int, LogTime)

    /// Writes the members after `number` and `previous`.
    func write(to writer: inout JSONWriter, _ settings: AuditSettings) {
        switch self {
        case .call(let event, let arguments, let time): Self.write(event, arguments, time, to: &writer, settings)
        case .act(let act, let time): Self.write(act, time, to: &writer)
        case .lost(let count, let time):
            Self.begin("lost", time, &writer)
            writer.name("count")
            writer.write(Int(clamping: count))
        case .begun(let version, let time):
            Self.begin("begun", time, &writer)
            writer.name("version")
            writer.write(version)
        case .mended(let bytes, let time):
            Self.begin("mended", time, &writer)
            writer.name("bytes")
            writer.write(bytes)
        }
    }

    private static func begin(_ event: String, _ time: LogTime, _ writer: inout JSONWriter) {
        writer.name("time")
        writer.write(time.description)
        writer.name("event")
        writer.write(event)
    }

    private static func write(_ act: AuditedAct, _ time: LogTime, to writer: inout JSONWriter) {
        begin(act.name, time, &writer)
        if let principal = act.principal { write(principal, to: &writer) }
        if let item = act.item { write(item, to: &writer) }
        if let digest = act.argumentsDigest {
            writer.name("arguments_sha256")
            writer.write(digest)
        }
        for (name, value) in act.details.sorted(by: { $0.key < $1.key }) {
            writer.name(name)
            writer.write(value)
        }
    }

    private static func write(_ principal: Principal, to writer: inout JSONWriter) {
        guard !principal.isAnonymous else { return }
        for (name, value) in [
            ("issuer", principal.issuer), ("subject", principal.subject), ("username", principal.username),
            ("client", principal.client), ("network", principal.network),
        ] {
            guard let value else { continue }
            writer.name(name)
            writer.write(value)
        }
    }

    private static func write(_ item: ItemReference, to writer: inout JSONWriter) {
        writer.name("namespace")
        writer.write(item.namespace)
        writer.name("kind")
        writer.write(item.kind.rawValue)
        writer.name("item")
        writer.write(item.localName)
    }

    private static func write(
        _ event: AuditEvent,
        _ arguments: AuditedArguments,
        _ time: LogTime,
        to writer: inout JSONWriter,
        _ settings: AuditSettings
    ) {
        begin("call", time, &writer)
        writer.name("request_id")
        writer.write(event.requestID.description)
        if let trace = event.trace {
            writer.name("trace_id")
            writer.write(trace.traceID)
        }
        write(event.principal, to: &writer)
        if let item = event.item {
            write(item, to: &writer)
            arguments.write(to: &writer, clear: item.kind == .tool ? settings.clearArguments[item.outsideName] : nil)
        }
        writer.name("outcome")
        writer.write(event.outcome.description)
        writer.name("duration_ms")
        writer.write((event.duration / .microseconds(100)).rounded() / 10)
    }
}

/// The arguments of a call until its line is written.
enum AuditedArguments: Sendable {
    case none
    case text(ArraySlice<UInt8>)
    /// Of arguments that are too long to wait.
    case digest(String)

    /// Longer ones are digested where the call ends, so that little memory waits; in bytes.
    static let longest = 16 << 10

    init(_ arguments: ArraySlice<UInt8>?) {
        guard let arguments else {
            self = .none
            return
        }
        // A copy: what the client sent besides would wait with a part of it.
        self =
            arguments.count <= Self.longest
            ? .text(Array(arguments)[...]) : .digest(Digest.sha256Text(Array(arguments)))
    }

    /// The digest of all arguments, and as they are those that may be read.
    func write(to writer: inout JSONWriter, clear: Set<String>?) {
        guard let digest else { return }
        writer.name("arguments_sha256")
        writer.write(digest)
        guard let clear, case .text(let text) = self, let members = try? JSONDocument(parsing: Array(text)).root.members
        else { return }
        writer.name("arguments")
        writer.beginObject()
        for member in members where clear.contains(member.name) || clear.contains("*") {
            writer.name(member.name)
            writer.writeRaw(member.value.bytes)
        }
        writer.endObject()
    }

    private var digest: String? {
        switch self {
        case .none: nil
        case .text(let text): Digest.sha256Text(Array(text))
        case .digest(let digest): digest
        }
    }
}
