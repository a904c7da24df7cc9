import JSON
import PanDAKit
import PluginKit
import PluginTesting
import Testing

/// What a job's log adds to its study.
@Suite struct JobLogAnalysisTests {
    private struct JobsInMemory: JobReading {
        let job: JobFacts?

        func job(withID pandaid: Int, in context: CallContext) async throws(ToolError) -> JobFacts? { job }
    }

    /// A monitor that has one file of a log.
    private func monitor(_ text: String, file name: String = "pilotlog.txt", link: String? = nil) -> SourcesInMemory {
        SourcesInMemory(request: { request throws(ToolError) in
            guard request.path == "/filebrowser/" else { return .text(text) }
            let link = link ?? "/atlas/media/filebrowser/7/\(name)"
            return .json(["error": "", "files": [["name": .string(name), "media_link": .string(link)]]])
        })
    }

    private func study(
        _ codes: [ErrorComponent: Int],
        _ diagnosis: String? = nil,
        status: String = "failed",
        on host: SourcesInMemory
    ) async throws -> JSONValue {
        var facts = JobFacts(pandaid: 7, status: status)
        facts.errors = JobErrors.all(code: { codes[$0] }, diagnosis: { _ in diagnosis })
        let tool = StudyJobTool(jobs: JobsInMemory(job: facts), logs: MonitorLogReading(name: "panda_monitor"))
        return try await CallHarness(tool, host: host, now: StudyJobToolTests.now).call(["pandaid": 7])
    }

    private static func lines(_ count: Int, _ text: String = "line") -> String {
        (1...count).map { "\(text) \($0)" }.joined(separator: "\n") + "\n"
    }

    private func excerpt(_ study: JSONValue) -> [String] {
        study["log_analysis"]?["excerpt"]?.array?.compactMap(\.string) ?? []
    }

    @Test func `shows the lines up to the one that names the error`() async throws {
        let text = Self.lines(60) + "job has exceeded the memory limit: 3 kB\n" + Self.lines(20, "after")
        let host = monitor(text)
        let study = try await study([.pilot: 1235], on: host)
        #expect(excerpt(study).count == 40)
        #expect(excerpt(study).last == "job has exceeded the memory limit: 3 kB")
        #expect(excerpt(study).first == "line 22")
        #expect(study["log_analysis"]?["failure_type"] == "memory")
        #expect(study["log_analysis"]?["file"] == "pilotlog.txt")
        #expect(study["log_analysis"]?["last_line"] == 61)
        #expect(study["log_analysis"]?["first_match"] == 61 && study["log_analysis"]?["last_match"] == 61)
        #expect(host.requests.map(\.path) == ["/filebrowser/", "/media/filebrowser/7/pilotlog.txt"])
        #expect(host.requests[0].query == ["pandaid": "7", "json": ""])
    }

    @Test func `finds the error by the beginning of its text, or shows the end`() async throws {
        let error = "Could not read the frobnicator at the end of the world"
        let text = Self.lines(3) + "x | \(error), again\n" + Self.lines(50, "after")
        let found = try await study([.pilot: 1999], error + " today", on: monitor(text))
        #expect(excerpt(found) == ["line 1", "line 2", "line 3", "x | \(error), again"])
        let last = try await study([.pilot: 1999], "Something else that is not there", on: monitor(text))
        #expect(excerpt(last).first == "after 11" && excerpt(last).last == "after 50")
        let short = try await study([.pilot: 1999], "line", on: monitor(text))
        #expect(excerpt(short).last == "after 50")
    }

    @Test func `an attempt that was repeated is not the last word`() async throws {
        let error = "Failed to stage-in file"
        let text = Self.lines(3) + "\(error): no server\n" + Self.lines(60, "more") + "\(error): no file\n" + "end\n"
        let study = try await study([.pilot: 1099], on: monitor(text))
        #expect(excerpt(study).last == "\(error): no file")
        #expect(study["log_analysis"]?["first_match"] == 4 && study["log_analysis"]?["last_match"] == 65)
    }

    @Test func `what the pilot writes after an error may belong to it`() async throws {
        let text = Self.lines(3) + "getpwuid failed\n" + Self.lines(50, "after")
        let study = try await study([.pilot: 1354], on: monitor(text))
        #expect(excerpt(study).last == "after 30" && study["log_analysis"]?["last_line"] == 34)
        #expect(study["log_analysis"]?["last_match"] == 4)
    }

    @Test func `a release that cannot be set up is why the payload failed`() async throws {
        let host = SourcesInMemory(request: { request throws(ToolError) in
            switch request.path {
            case "/filebrowser/":
                .json([
                    "files": .array(
                        ["setup.stdout", "payload.stdout"].map {
                            ["name": .string($0), "size": 9, "media_link": .string("/media/\($0)")]
                        }
                    )
                ])
            case "/media/setup.stdout": .text("Looking\n!!!ERROR!!!\nNo matched release is found\nbye\n")
            default: .text("never read")
            }
        })
        let study = try await study([.pilot: 1305], on: host)
        #expect(study["log_analysis"]?["failure_type"] == "setup_release_not_found")
        #expect(study["log_analysis"]?["file"] == "setup.stdout")
        #expect(excerpt(study) == ["Looking", "!!!ERROR!!!", "No matched release is found"])
        #expect(host.requests.count == 2)
    }

    @Test func `says what to do about the main error`() async throws {
        let study = try await study([.pilot: 1235], on: SourcesInMemory())
        #expect(study["next_steps"]?["user"]?.array?.isEmpty == false)
        #expect(try await self.study([.pilot: 1999], on: SourcesInMemory())["next_steps"] == nil)
    }

    @Test func `shows what a failed payload wrote last`() async throws {
        let host = monitor(Self.lines(400, "p"), file: "payload.stdout")
        let study = try await study([.pilot: 1305, .transformation: 65], on: host)
        #expect(study["log_analysis"]?["file"] == "payload.stdout")
        #expect(excerpt(study).count == 300 && excerpt(study).first == "p 101")
        #expect(study["log_analysis"]?["failure_type"] == "payload_error")
    }

    @Test func `keeps to a size, and cleans every line`() async throws {
        let long = monitor(Self.lines(30, String(repeating: "x", count: 490)))
        #expect(excerpt(try await study([.pilot: 1999], on: long)).count == 12)
        let hostile = monitor("\u{1B}[31mred\u{202E} token=abc\r\nAuthorization: Bearer aaaa.bbbb.cccc\n\n\n")
        let lines = excerpt(try await study([.pilot: 1999], on: hostile))
        #expect(lines.count == 2)
        #expect(!lines.joined().contains("\u{1B}") && !lines.joined().contains("\u{202E}"))
        #expect(!lines.joined().contains("bbbb"))
    }

    @Test func `shows nothing of a key that goes over several lines, or of what is hidden in them`() async throws {
        let key = String(repeating: "MIIEsample0123456789", count: 3)
        let text = """
            reading the proxy
            -----BEGIN RSA PRIVATE KEY-----
            \(key)
            \(key)
            -----END RSA PRIVATE KEY-----
            \u{1B}]8;;https://evil.example/\u{1B}\\see\u{1B}]8;;\u{1B}\\ pass\u{200B}word=hunter2 ![x](https://evil.example/?q)
            """
        let lines = excerpt(try await study([.pilot: 1999], on: monitor(text)))
        #expect(
            lines == [
                "reading the proxy", "[redacted]", "", "", "", "see password=[redacted] [x](https://evil.example/?q)",
            ]
        )
    }

    @Test(
        arguments: [
            "", "https://evil.example.org/x", "/media/../../etc/passwd", "/media/a b", "/media/x?y=1",
            "/media/%2e%2e/x",
            "/elsewhere/x", "/media/\u{E9}", "/media/" + String(repeating: "x", count: 1024),
        ]
    )
    func `follows only links that are plainly files of the monitor`(link: String) async throws {
        let host = monitor("text", link: link)
        let study = try await study([.pilot: 1999], on: host)
        #expect(study["log_analysis"] == ["failure_type": "pilot_error"])
        #expect(host.requests.count == 1)
    }

    @Test func `studies a job without its log where there is none`() async throws {
        let none = try await study([.pilot: 1099], "Failed to stage-in file", on: SourcesInMemory())
        #expect(none["log_analysis"] == ["failure_type": "stagein_failed"])
        #expect(none["missing_parts"] == [])
        for status in [400, 404] {
            let host = SourcesInMemory(request: { _ throws(ToolError) in .json(["error": "none"], status: status) })
            #expect(try await study([.pilot: 1099], on: host)["log_analysis"]?["excerpt"] == nil)
        }
        let other = try await study([.pilot: 1099], on: monitor("text", file: "other.txt"))
        #expect(other["log_analysis"]?["file"] == nil)
    }

    @Test func `names a log that cannot be had`() async throws {
        let host = SourcesInMemory(request: { _ throws(ToolError) in .json([:], status: 503) })
        let study = try await study([.pilot: 1099], on: host)
        #expect(study["missing_parts"] == ["log: could not be read (unavailable)"])
        #expect(study["log_analysis"]?["failure_type"] == "stagein_failed")
    }

    @Test(arguments: ["finished", "running", "activated"])
    func `looks at no log of a job that did not fail`(status: String) async throws {
        let host = monitor("text")
        #expect(try await study([:], status: status, on: host)["log_analysis"] == nil)
        #expect(host.requests == [])
    }

    @Test(
        arguments: [
            ("Reassigned by JEDI", "reassigned_by_jedi"), ("stage-in of x timed out", "stagein_timeout"),
            ("stageout timeout", "stageout_timeout"), ("looping job killed by pilot", "timeout"),
            ("Segmentation fault (core dumped)", "segfault"), ("No space left on device", "disk_full"),
            ("std::bad_alloc", "memory"), ("Connection refused by host", "network"),
            ("open: No such file or directory", "input_missing"), ("Failed to stage-in file", "stagein_failed"),
            ("something", "pilot_error"),
        ]
    )
    func `tells the kind of failure from its words`(diagnosis: String, type: String) async throws {
        let study = try await study([.pilot: 1999], diagnosis, on: SourcesInMemory())
        #expect(study["log_analysis"]?["failure_type"] == .string(type))
    }

    @Test(
        arguments: [
            ([.transformation: 1], "payload_error"), ([.executor: 7], "payload_error"), ([.ddm: 200], "unknown"),
            ([:], "unknown"),
        ] as [([ErrorComponent: Int], String)]
    )
    func `tells the kind of failure from what reports it`(codes: [ErrorComponent: Int], type: String) async throws {
        let study = try await study(codes, on: SourcesInMemory())
        #expect(study["log_analysis"]?["failure_type"] == .string(type))
    }
}
