package import GatewayCore
import JSON

/// What a server sends before its answer; the same in all revisions.
extension MessageEncoder {
    /// An event as the notification it is, or nil: progress of a request without a token.
    package func notification(of event: CallEvent, progressToken: RequestIdentifier?) -> [UInt8]? {
        switch event {
        case .message(let message): return self.message(message)
        case .progress(let done, let total, let note):
            return progressToken.map { progress(done: done, total: total, note: note, of: $0) }
        }
    }

    /// `notifications/progress` (2026-07-28 basic/patterns/progress).
    private func progress(done: Double, total: Double?, note: String?, of token: RequestIdentifier) -> [UInt8] {
        Self.notification("notifications/progress") { writer in
            writer.name("progressToken")
            writer.writeRaw(token.bytes)
            writer.name("progress")
            writer.write(done)
            if let total {
                writer.name("total")
                writer.write(total)
            }
            if let note {
                writer.name("message")
                writer.write(note)
            }
        }
    }

    /// `notifications/message` (2026-07-28 server/utilities/logging).
    private func message(_ message: CallMessage) -> [UInt8] {
        Self.notification("notifications/message") { writer in
            writer.name("level")
            writer.write(message.severity.name)
            if let logger = message.logger {
                writer.name("logger")
                writer.write(logger)
            }
            writer.name("data")
            writer.writeRaw(message.data)
        }
    }

    static func notification(_ method: String, _ parameters: (inout JSONWriter) -> Void) -> [UInt8] {
        var writer = JSONWriter(capacity: 256)
        writer.beginObject()
        writer.name("jsonrpc")
        writer.write("2.0")
        writer.name("method")
        writer.write(method)
        writer.name("params")
        writer.beginObject()
        parameters(&writer)
        writer.endObject()
        writer.endObject()
        return writer.bytes
    }
}
