import ATLASTools
import JSON
import PluginKit
import PluginTesting
import Synchronization
import Testing

/// What the tools make of a monitor that answers with something else than what was asked for.
@Suite struct MonitorTrapTests {
    /// Every tool that asks the monitor or CRIC, with arguments that it takes.
    static let questions: [(tool: String, arguments: JSONValue)] = [
        ("panda_get_activity", [:]), ("panda_list_jobs", [:]), ("panda_list_tasks", [:]),
        ("panda_diagnose_jobs", [:]), ("panda_error_summary", [:]), ("panda_resource_usage", [:]),
        ("panda_list_queues", [:]), ("panda_get_queue", ["panda_queue": "BNL"]), ("panda_harvester_workers", [:]),
    ]

    /// Answers everything in one way, and keeps what was asked for.
    final class Monitor: HostCalling {
        private let answer: @Sendable (_ path: String) -> JSONValue
        private let asked = Mutex<[JSONValue]>([])

        init(_ answer: @escaping @Sendable (_ path: String) -> JSONValue) {
            self.answer = answer
        }

        convenience init(status: Int, body: JSONValue, type: String = "application/json", isCut: Bool = false) {
            self.init { _ in Self.answer(status: status, body: body, type: type, isCut: isCut) }
        }

        static func answer(
            status: Int = 200,
            body: JSONValue,
            type: String = "application/json",
            isCut: Bool = false
        ) -> JSONValue {
            [
                "status": .integer(status), "headers": ["content-type": .string(type)],
                "encoding": type.hasPrefix("application/json") && !isCut ? "json" : "text", "body": body,
                "truncated": .bool(isCut),
            ]
        }

        var requests: [JSONValue] { asked.withLock { $0 } }

        func invoke(_ operation: String, body: [UInt8]) async -> HostReply {
            let request = (try? JSONValue(parsing: body)) ?? .null
            asked.withLock { $0.append(request) }
            return HostReply(status: 0, body: answer(request["path"]?.string ?? "").serialized)
        }

        func progress(done: Double, total: Double?, note: String) {}

        func log(_ level: LogLevel, _ message: String) {}
    }

    static let now = Timestamp(seconds: 1_795_236_000)

    static func call(_ name: String, _ arguments: JSONValue, _ monitor: Monitor) async throws -> JSONValue {
        let tool = try #require(
            ATLAS(configuration: .init()).tools.first { type(of: $0).description.name == name }
        )
        return try await CallHarness(tool, host: monitor, now: now, budgetBytes: 1 << 20).call(arguments)
    }

    private func refusal(_ name: String, _ arguments: JSONValue, _ monitor: Monitor) async throws -> ToolError {
        let failure = await #expect(throws: CallHarness.Failure.self, "\(name)") {
            try await Self.call(name, arguments, monitor)
        }
        guard case .tool(let error) = failure else {
            throw ToolError(.internal, "\(name): \(String(describing: failure))")
        }
        return error
    }

    @Test func `a page for people with status 200 is no answer to any of them`() async throws {
        let page: JSONValue = "\n<!DOCTYPE html><html><body>Sign in at https://sso.example.org</body></html>"
        for question in Self.questions {
            let monitor = Monitor(status: 200, body: page, type: "text/html; charset=utf-8")
            let error = try await refusal(question.tool, question.arguments, monitor)
            #expect(error.code == .unavailable, "\(question.tool)")
            #expect(!error.message.contains("sso") && !error.message.contains("<"))
        }
    }

    @Test(arguments: [
        (302, ToolError.Code.unavailable), (401, .unavailable), (403, .unavailable), (429, .rateLimited),
        (500, .unavailable), (503, .unavailable),
    ])
    func `other statuses are errors with words of our own`(status: Int, code: ToolError.Code) async throws {
        for question in Self.questions {
            let body: JSONValue = ["error": "SELECT secret FROM hidden.example.org"]
            let error = try await refusal(question.tool, question.arguments, Monitor(status: status, body: body))
            #expect(error.code == code, "\(question.tool) \(status)")
            #expect(!error.message.contains("SELECT") && !(error.hint ?? "").contains("SELECT"))
        }
    }

    @Test func `an answer that was cut says how to ask for less`() async throws {
        for question in Self.questions where !question.tool.contains("queue") {
            let monitor = Monitor(status: 200, body: "{\"jobs\": [{", isCut: true)
            let error = try await refusal(question.tool, question.arguments, monitor)
            #expect(error.code == .tooLarge && error.hint?.contains("shorter") == true, "\(question.tool)")
        }
    }

    @Test func `another document than the one expected is no answer, and never a crash`() async throws {
        let bodies: [JSONValue] = [
            .null, 7, "text", true, ["jobs": "none", "errsByCount": 3], [[1, 2], "x", ["jeditaskid": "many"]],
            ["data": ["x"], "jobs": [1, .null, ["pandaid": -1]], "errsByCount": [["codeval": "a"], 3]],
        ]
        for question in Self.questions {
            for body in bodies {
                do {
                    let answer = try await Self.call(
                        question.tool,
                        question.arguments,
                        Monitor(status: 200, body: body)
                    )
                    #expect(answer.object != nil)
                } catch let failure as CallHarness.Failure {
                    guard case .tool(let error) = failure else { throw failure }
                    #expect([.unavailable, .notFound].contains(error.code), "\(question.tool): \(error)")
                }
            }
        }
    }

    @Test func `numbers in text and times without a zone are read`() async throws {
        let monitor = Monitor(
            status: 200,
            body: [
                "jobs": [
                    [
                        "pandaid": "6800730400", "jobstatus": "failed", "modificationtime": "2026-11-21 04:00:00",
                        "starttime": "2026-11-21T01:00:00.250000", "transexitcode": "65", "piloterrorcode": "1305",
                        "piloterrordiag": "Failed to execute payload", "jeditaskid": 46_374_283.0,
                    ],
                    [
                        "pandaid": 1, "jobstatus": "failed", "modificationtime": "1970-01-01T00:00:00",
                    ],
                ]
            ]
        )
        let list = try await Self.call("panda_diagnose_jobs", [:], monitor)
        let job = try #require(list["items"]?.array?.first)
        #expect(list["total_count"] == 1)
        #expect(job["pandaid"] == 6_800_730_400 && job["jeditaskid"] == 46_374_283)
        #expect(job["started"] == "2026-11-21T01:00:00.250000Z" && job["modified"] == "2026-11-21T04:00:00Z")
        #expect(job["errors"]?.array?.compactMap { $0["code"]?.integer } == [1305, 65])
    }

    @Test func `the monitor is asked for whole hours, for the columns needed and for no more than is read`()
        async throws
    {
        let monitor = Monitor(status: 200, body: ["jobs": []])
        let window: JSONValue = [
            "start_time": "2026-11-19T00:00:00Z", "end_time": "2026-11-20T00:00:00Z", "site": "B%",
        ]
        _ = try await Self.call("panda_list_jobs", window, monitor)
        let request = try #require(monitor.requests.first)
        #expect(monitor.requests.count == 1 && request["path"] == "/jobs/")
        #expect(request["query"]?["hours"] == "53" && request["query"]?["earlierthan"] == "28")
        #expect(request["query"]?["limit"] == "10000" && request["query"]?["outputs"] == "jobs")
        #expect(request["query"]?["computingsite"] == "B*" && request["query"]?["mode"] == "nodrop")
        #expect(request["query"]?["fields"]?.string?.contains("computingsite") == true)
    }

    @Test(arguments: [9999, 10_000])
    func `counts of a list that may go on are lower bounds, and the answer says so`(count: Int) async throws {
        let rows = (0..<count).map { number -> JSONValue in
            ["pandaid": .integer(1 + number), "jobstatus": "finished", "modificationtime": "2026-11-21 04:00:00"]
        }
        let monitor = Monitor(status: 200, body: ["jobs": .array(rows)])
        let list = try await Self.call("panda_list_jobs", ["limit": 10], monitor)
        #expect(list["total_count"] == .integer(count) && list["items"]?.array?.first?["pandaid"] == .integer(count))
        #expect((list["hint"]?.string?.contains("lower bounds") ?? false) == (count == 10_000))
    }

    @Test func `a monitor without exact counts is still asked for its list`() async throws {
        let jobs: JSONValue = [
            "jobs": [
                [
                    "pandaid": 5, "jobstatus": "running", "modificationtime": "2026-11-21 04:00:00",
                    "computingsite": "BNL", "produsername": "Alice User",
                ]
            ]
        ]
        let monitor = Monitor { path in
            switch path {
            case "/status_summary/api/": Monitor.answer(status: 404, body: "<html>", type: "text/html")
            case "/tasks/": Monitor.answer(body: [])
            default: Monitor.answer(body: jobs)
            }
        }
        let activity = try await Self.call("panda_get_activity", [:], monitor)
        #expect(activity["jobs"]?["total"] == 1 && activity["jobs"]?["by_site"]?.array?.first?["name"] == "BNL")
    }

    @Test func `nothing found in the exact counts, told with 404, is nothing`() async throws {
        let monitor = Monitor { path in
            switch path {
            case "/status_summary/api/": Monitor.answer(status: 404, body: ["nrecords": 0, "data": []])
            case "/tasks/": Monitor.answer(body: [])
            default: Monitor.answer(body: ["jobs": []])
            }
        }
        let activity = try await Self.call("panda_get_activity", [:], monitor)
        #expect(activity["jobs"]?["total"] == 0 && activity["hint"] == "Nothing in the last day; try days: 7.")
    }

    @Test func `sites, users and tasks that are too many are left out of the errors`() async throws {
        let entry: JSONValue = [
            "error": "pilot:1099", "codename": "piloterrorcode", "codeval": 1099, "diag": "Failed to stage-in file",
            "example_pandaid": 5, "count": 3,
        ]
        let asked = Mutex(0)
        let monitor = Monitor { _ in
            let number = asked.withLock { count in
                count += 1
                return count
            }
            return number == 1
                ? Monitor.answer(body: "{", isCut: true)
                : Monitor.answer(body: ["jobSummary": [], "errsByCount": [entry]])
        }
        let errors = try await Self.call("panda_error_summary", [:], monitor)
        #expect(errors["items"]?.array?.first?["code"] == 1099 && errors["items"]?.array?.first?["jobs"] == 3)
        #expect(errors["hint"]?.string?.contains("too many sites") == true)
        #expect(monitor.requests.last?["query"]?["fields"] == "jobSummary,errsByCount")
    }

    @Test func `jobs of tasks that cannot be counted are absent, not zero`() async throws {
        let monitor = Monitor { path in
            path == "/tasks/"
                ? Monitor.answer(body: [
                    [
                        "jeditaskid": 7, "status": "running", "modificationtime": "2026-11-21T04:00:00.000001",
                        "dsinfo": ["nfilesfinished": 3, "nfilesfailed": 0],
                    ]
                ])
                : Monitor.answer(status: 503, body: [:])
        }
        let tasks = try await Self.call("panda_list_tasks", [:], monitor)
        #expect(tasks["items"]?.array?.first?["counts"]?["nfinished"] == nil)
        #expect(tasks["items"]?.array?.first?["counts"]?["nfilesfinished"] == 3)
    }

    @Test func `hostile text of queues, users and tasks is cleaned`() async throws {
        let text: JSONValue = "a\u{1b}[31m\u{202e}b Bearer eyJhbGciOiJSUzI1NiJ9.e30.c2lnbmF0dXJl"
        let monitor = Monitor { path in
            switch path {
            case "/tasks/":
                Monitor.answer(body: [
                    ["jeditaskid": 7, "status": "running", "taskname": text, "modificationtime": "2026-11-21 04:00:00"]
                ])
            case "/pandaqueue/query/": Monitor.answer(body: ["Q": ["status": text, "secret_token": text]])
            default:
                Monitor.answer(body: [
                    "jobs": [
                        [
                            "pandaid": 5, "jobstatus": "failed", "modificationtime": "2026-11-21 04:00:00",
                            "produsername": text, "computingsite": text, "piloterrorcode": 1099, "piloterrordiag": text,
                        ]
                    ],
                    "errsByCount": [["error": "pilot:1099", "codeval": 1099, "diag": text, "count": 1]],
                ])
            }
        }
        for question in Self.questions where !["panda_harvester_workers", "panda_get_queue"].contains(question.tool) {
            let answer = try await Self.call(question.tool, question.arguments, monitor)
            let bytes = String(decoding: answer.serialized, as: UTF8.self)
            #expect(
                !bytes.contains("eyJ") && !bytes.contains("\u{202e}") && !bytes.contains("u001b"),
                "\(question.tool)"
            )
        }
    }
}
