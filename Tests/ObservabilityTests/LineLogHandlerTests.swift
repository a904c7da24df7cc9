import JSON
import Logging
import Observability
import Synchronization
import Testing

@Suite("Log lines")
struct LineLogHandlerTests {
    private final class Lines: Sendable {
        let all = Mutex<[String]>([])
    }

    private func line(_ format: LogFormat, _ log: (Logger) -> Void) -> String {
        let lines = Lines()
        let logger = Logger(label: "test") { label in
            LineLogHandler(label: label, format: format) { bytes in
                lines.all.withLock { $0.append(String(decoding: bytes, as: UTF8.self)) }
            }
        }
        log(logger)
        return lines.all.withLock { $0.joined() }
    }

    @Test func `a JSON line is one object with the fields beside the message`() throws {
        let text = line(.json) { $0.warning("slow", metadata: ["source": "panda"]) }
        #expect(text.hasSuffix("}\n"))
        let value = try JSONValue(parsing: String(text.dropLast()))
        #expect(value["level"] == "warning")
        #expect(value["message"] == "slow")
        #expect(value["source"] == "panda")
    }

    @Test(arguments: [LogFormat.json, .text])
    func `a line break in a value does not make a second line`(format: LogFormat) {
        let text = line(format) { $0.info("a\nb", metadata: ["x": "c\nforged"]) }
        #expect(text.split(separator: "\n").count == 1)
    }

    @Test func `what is quieter than the level is not written`() {
        #expect(line(.text) { $0.debug("nothing") } == "")
    }
}
