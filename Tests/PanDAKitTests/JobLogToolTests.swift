import JSON
import PanDAKit
import PluginKit
import PluginTesting
import Testing

/// The files of a job's log, read by hand.
@Suite struct JobLogToolTests {
    private struct LogsInMemory: JobLogReading {
        var files: [JobLogFile]?
        var text: JobLogText?
        var end: JobLogText?

        func files(of pandaid: Int, in context: CallContext) async throws(ToolError) -> [JobLogFile]? { files }

        func text(
            of file: JobLogFile,
            _ part: JobLogPart,
            in context: CallContext
        ) async throws(ToolError) -> JobLogText? { part == .end ? end ?? text : text }
    }

    private static let file = JobLogFile(name: "pilotlog.txt", sizeBytes: 12, path: "/media/x")

    private func call(
        _ arguments: JSONValue,
        _ logs: LogsInMemory,
        budget: Int = 32 << 10
    ) async throws -> JSONValue {
        let tool = JobLogTool(logs: logs, pages: try MonitorPages(address: "https://monitor.example.org"))
        return try await CallHarness(
            tool,
            host: SourcesInMemory(),
            now: StudyJobToolTests.now,
            budgetBytes: budget
        )
        .call(arguments)
    }

    private func logs(_ count: Int, hasEnd: Bool = true) -> LogsInMemory {
        let text = (1...count).map { "line \($0)" }.joined(separator: "\n") + "\n"
        return LogsInMemory(files: [Self.file], text: JobLogText(text, hasEnd: hasEnd))
    }

    private func numbers(_ page: JSONValue) -> [Int] { page["lines"]?.array?.compactMap { $0["line"]?.integer } ?? [] }

    private func failure(_ arguments: JSONValue, _ logs: LogsInMemory) async throws -> ToolError? {
        let error = await #expect(throws: CallHarness.Failure.self) { try await call(arguments, logs) }
        guard case .tool(let error) = error else { return nil }
        return error
    }

    @Test func `lists the files when none is named`() async throws {
        let page = try await call(["pandaid": 7], logs(3))
        #expect(page["files"] == [["name": "pilotlog.txt", "size_bytes": 12]])
        #expect(page["lines"] == nil)
        #expect(page["monitor_urls"]?.array?.first?["url"] == "https://monitor.example.org/job?pandaid=7")
    }

    @Test func `shows lines from one on, and where to go on`() async throws {
        let page = try await call(["pandaid": 7, "file": "pilotlog.txt", "from_line": 4, "lines": 3], logs(9))
        #expect(numbers(page) == [4, 5, 6] && page["next_from_line"] == 7 && page["line_count"] == 9)
        let last = try await call(["pandaid": 7, "file": "pilotlog.txt", "from_line": 7, "lines": 3], logs(9))
        #expect(numbers(last) == [7, 8, 9] && last["next_from_line"] == nil)
        let beyond = try await call(["pandaid": 7, "file": "pilotlog.txt", "from_line": 10], logs(9))
        #expect(numbers(beyond) == [] && beyond["hint"] == "The file has 9 lines.")
        #expect(numbers(try await call(["pandaid": 7, "file": "pilotlog.txt"], logs(300))).count == 200)
    }

    @Test func `shows the end`() async throws {
        let page = try await call(["pandaid": 7, "file": "pilotlog.txt", "tail": 2], logs(9))
        #expect(numbers(page) == [8, 9] && page["next_from_line"] == nil)
        var large = logs(9, hasEnd: false)
        large.end = JobLogText("x\nthe end\n", hasBeginning: false)
        let end = try await call(["pandaid": 7, "file": "pilotlog.txt", "tail": 1], large)
        #expect(end["lines"] == [["text": "the end"]] && end["is_complete"] == false)
    }

    @Test func `finds lines that hold a text`() async throws {
        let page = try await call(["pandaid": 7, "file": "pilotlog.txt", "grep": "LINE 1", "lines": 2], logs(20))
        #expect(numbers(page) == [1, 10] && page["match_count"] == 11 && page["next_from_line"] == 11)
        let rest = try await call(
            ["pandaid": 7, "file": "pilotlog.txt", "grep": "line 1", "from_line": 11, "lines": 20],
            logs(20)
        )
        #expect(numbers(rest) == Array(11...19) && rest["next_from_line"] == nil)
        let none = try await call(["pandaid": 7, "file": "pilotlog.txt", "grep": "zebra"], logs(20))
        #expect(none["match_count"] == 0 && none["hint"] == "No line holds that text.")
    }

    @Test func `keeps to the size of an answer and says so`() async throws {
        let page = try await call(["pandaid": 7, "file": "pilotlog.txt", "lines": 2000], logs(2000), budget: 8 << 10)
        #expect(page["truncated"] == true)
        #expect(page.serialized.count <= 8 << 10)
        #expect(page["next_from_line"]?.integer == numbers(page).count + 1)
        let tail = try await call(["pandaid": 7, "file": "pilotlog.txt", "tail": 2000], logs(2000), budget: 8 << 10)
        #expect(numbers(tail).last == 2000 && tail["truncated"] == true)
    }

    @Test func `of a file that is too large the beginning can be read, and it is said`() async throws {
        let page = try await call(["pandaid": 7, "file": "pilotlog.txt"], logs(9, hasEnd: false))
        #expect(page["is_complete"] == false)
        #expect(page["hint"]?.string?.contains("too large") == true)
    }

    @Test func `numbers lines as the file has them, behind a key of several lines too`() async throws {
        let key = "-----BEGIN RSA PRIVATE KEY-----\n" + String(repeating: "MIIEsample0123456789", count: 3)
        let text = "a\n\(key)\n-----END RSA PRIVATE KEY-----\nlast \u{1B}[31mtoken=hunter22hunter22\n"
        let logs = LogsInMemory(files: [Self.file], text: JobLogText(text))
        let page = try await call(["pandaid": 7, "file": "pilotlog.txt"], logs)
        #expect(page["lines"]?.array?.first?["text"] == "a")
        #expect(page["lines"]?.array?[1] == ["line": 2, "text": "[redacted]"])
        #expect(page["lines"]?.array?.last == ["line": 5, "text": "last token=[redacted]"])
    }

    @Test(
        arguments: [
            (["pandaid": 7, "tail": 3], "file: is needed with from_line, lines, tail and grep."),
            (["pandaid": 7, "grep": "x"], "file: is needed with from_line, lines, tail and grep."),
            (
                ["pandaid": 7, "file": "a", "tail": 3, "grep": "x"],
                "tail: cannot be given together with from_line, lines or grep."
            ),
            (
                ["pandaid": 7, "file": "a", "tail": 3, "from_line": 1],
                "tail: cannot be given together with from_line, lines or grep."
            ), (["pandaid": 7, "file": "a", "grep": ""], "grep: must not be empty."),
        ] as [(JSONValue, String)]
    )
    func `says what does not go together`(arguments: JSONValue, message: String) async throws {
        let error = try await failure(arguments, logs(3))
        #expect(error?.code == .invalidArgument && error?.message == message)
    }

    @Test func `says what is not there`() async throws {
        #expect(try await failure(["pandaid": 7], LogsInMemory())?.code == .unavailable)
        #expect(try await failure(["pandaid": 7], LogsInMemory(files: []))?.code == .notFound)
        #expect(try await failure(["pandaid": 7, "file": "other"], logs(3))?.code == .notFound)
        let gone = LogsInMemory(files: [Self.file])
        #expect(try await failure(["pandaid": 7, "file": "pilotlog.txt"], gone)?.code == .notFound)
    }
}
