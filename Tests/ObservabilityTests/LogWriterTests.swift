import GatewayCore
import JSON
import Logging
import Observability
import Synchronization
import Testing

@Suite("The log's writer")
struct LogWriterTests {
    /// Keeps what is written; blocks the writer while it is closed.
    private final class Sink: Sendable {
        private let written = Mutex<[String]>([])
        private let turn = Mutex(())

        var lines: [String] {
            written.withLock { $0.joined() }.split(separator: "\n").map(String.init)
        }

        func write(_ bytes: [UInt8]) {
            turn.withLock { _ in
                written.withLock { $0.append(String(decoding: bytes, as: UTF8.self)) }
            }
        }

        /// Runs something while nothing can be written.
        func whileBlocked(_ body: () -> Void) {
            turn.withLock { _ in body() }
        }
    }

    private let sink = Sink()

    private func line(_ text: String) -> [UInt8] { Array((text + "\n").utf8) }

    private func log(_ format: LogFormat, _ event: AuditEvent) async throws -> String {
        let writer = LogWriter(format: format, write: sink.write)
        RequestLog(writer: writer, threshold: LogThreshold(.info)).record(event)
        await writer.flush()
        return try #require(sink.lines.first)
    }

    @Test func `lines are written in their order`() async {
        let writer = LogWriter(format: .text, delay: .milliseconds(1), write: sink.write)
        for number in 0..<500 { writer.submit(line("\(number)")) }
        await writer.flush()
        #expect(sink.lines == (0..<500).map(String.init))
        #expect(writer.lostLines == 0)
        #expect(writer.waitingLines == 0)
    }

    @Test func `nobody waits for a reader that does not read`() async {
        let writer = LogWriter(format: .text, capacity: 10, delay: .zero, write: sink.write)
        sink.whileBlocked {
            for number in 0..<25 { writer.submit(line("\(number)")) }
        }
        #expect(writer.lostLines == 15)
        await writer.flush()
        #expect(sink.lines.filter { !$0.contains("lost") } == (0..<10).map(String.init))
    }

    @Test func `losses are told where they happened`() async {
        let writer = LogWriter(format: .text, capacity: 10, delay: .seconds(60), write: sink.write)
        for number in 0..<25 { writer.submit(line("\(number)")) }
        await writer.flush()
        #expect(sink.lines.count == 11)
        #expect(sink.lines.last?.hasSuffix(" warning beamline.log: log lines lost count=15") == true)
    }

    @Test func `the last line that fits is kept`() async {
        let writer = LogWriter(format: .text, capacity: 3, delay: .seconds(60), write: sink.write)
        for number in 0..<3 { writer.submit(line("\(number)")) }
        #expect(writer.waitingLines == 3)
        #expect(writer.lostLines == 0)
        writer.submit(line("3"))
        #expect(writer.lostLines == 1)
        await writer.flush()
    }

    @Test func `a flush does not wait for ever`() async {
        let blocked = Blocked()
        let writer = LogWriter(format: .text, delay: .zero) { _ in blocked.wait() }
        writer.submit(line("x"))
        await writer.flush(within: .milliseconds(10))
        #expect(writer.waitingLines == 1)
        blocked.release()
        await writer.flush()
        #expect(writer.waitingLines == 0)
    }

    @Test func `a call is one JSON object with who, what and how it ended`() async throws {
        let trace = try #require(
            TraceContext(traceParent: "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
        )
        let principal = Principal(issuer: "https://i.example.org", subject: "alice", client: "cli")
        let event = AuditEvent.test(principal: principal, duration: .microseconds(12_345), trace: trace)
        let value = try JSONValue(parsing: try await log(.json, event))
        #expect(value["level"] == "info")
        #expect(value["logger"] == "beamline.request")
        #expect(value["request_id"]?.string == event.requestID.description)
        #expect(value["issuer"] == "https://i.example.org")
        #expect(value["subject"] == "alice")
        #expect(value["client"] == "cli")
        #expect(value["namespace"] == "epic")
        #expect(value["tool"] == "jobs")
        #expect(value["outcome"] == "ok")
        #expect(value["ms"] == 12.3)
        #expect(value["trace_id"] == "4bf92f3577b34da6a3ce929d0e0e4736")
        #expect(value["span_id"] == "00f067aa0ba902b7")
    }

    @Test func `a call without caller, client, trace or known tool leaves these out`() async throws {
        let event = AuditEvent.test(nil, outcome: .unknownItem, principal: .anonymous)
        let value = try JSONValue(parsing: try await log(.json, event))
        for name in ["issuer", "subject", "client", "namespace", "tool", "trace_id", "span_id"] {
            #expect(value[name] == nil)
        }
        #expect(value["outcome"] == "unknown_item")
    }

    @Test(arguments: [LogFormat.json, .text])
    func `a subject cannot forge a line`(format: LogFormat) async throws {
        let principal = Principal(issuer: "i", subject: "a\nforged\u{2028}\u{85}\u{9B}2J")
        let text = try await log(format, .test(principal: principal))
        #expect(sink.lines.count == 1)
        #expect(!text.contains("\nforged"))
        if format == .text { #expect(text.unicodeScalars.allSatisfy { $0.isASCII }) }
    }

    @Test func `with a quieter log calls leave no line`() async {
        let writer = LogWriter(format: .text, write: sink.write)
        let threshold = LogThreshold(.notice)
        let log = RequestLog(writer: writer, threshold: threshold)
        log.record(.test())
        #expect(writer.waitingLines == 0)
        threshold.level = .info
        log.record(.test())
        #expect(writer.waitingLines == 1)
        await writer.flush()
    }
}
