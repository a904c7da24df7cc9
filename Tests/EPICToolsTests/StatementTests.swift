import EPICTools
import JSON
import PluginKit
import PluginTesting
import Testing

/// What the tools ask of a database, and what they make of its failures.
@Suite struct StatementTests {
    private static let empty = SourcesInMemory.Table([], [])

    private func host(
        _ tables: [(mark: String, table: SourcesInMemory.Table)] = []
    ) -> SourcesInMemory {
        SourcesInMemory(query: { query throws(ToolError) in
            tables.first { query.sql.contains($0.mark) }?.table ?? Self.empty
        })
    }

    private static let tools: [(name: String, arguments: JSONValue, source: String)] = [
        ("panda_get_activity", [:], "panda"), ("panda_list_jobs", [:], "panda"), ("panda_list_tasks", [:], "panda"),
        ("panda_study_job", ["pandaid": 1], "panda"), ("panda_list_queues", [:], "panda"),
        ("panda_get_queue", ["panda_queue": "BNL"], "panda"), ("panda_diagnose_jobs", [:], "panda"),
        ("panda_error_summary", ["error_source": "pilot"], "panda"),
        ("panda_resource_usage", ["site": "B%"], "panda"),
        ("panda_study_task", ["jeditaskid": 1], "panda"), ("panda_harvester_workers", ["site": "B%"], "panda"),
        ("panda_error_summary", ["destinationse": "B%"], "panda"), ("panda_list_tasks", ["taskid": 1], "panda"),
        ("panda_resource_usage", ["workinggroup": "EIC"], "panda"),
        ("swf_list_agents", [:], "testbed"), ("swf_list_logs", [:], "testbed"),
        ("swf_get_system_state", [:], "testbed"), ("swf_get_testbed_status", [:], "testbed"),
        ("swf_check_agent_manager", [:], "testbed"), ("swf_get_agent", ["name": "a"], "testbed"),
        ("swf_list_namespaces", [:], "testbed"), ("swf_get_namespace", ["namespace": "a"], "testbed"),
        ("swf_list_workflow_definitions", ["created_by": "a"], "testbed"),
        ("swf_list_workflow_executions", ["status": "failed", "namespace": "a"], "testbed"),
        ("swf_get_workflow_execution", ["execution_id": "a"], "testbed"),
        ("swf_list_workflow_monitors", [:], "testbed"), ("swf_get_workflow_monitor", ["execution_id": "a"], "testbed"),
        ("swf_list_messages", ["agent": "a"], "testbed"), ("swf_list_runs", [:], "testbed"),
        ("swf_get_run", ["run_number": 1], "testbed"), ("swf_list_stf_files", ["machine_state": "RUN"], "testbed"),
        ("swf_get_stf_file", ["stf_filename": "a"], "testbed"), ("swf_list_tf_slices", ["status": "A"], "testbed"),
        ("swf_get_tf_slice", ["tf_filename": "a", "slice_id": 1], "testbed"),
        ("swf_get_log_entry", ["log_id": 1], "testbed"), ("swf_get_ai_memory", ["namespace": "a"], "testbed"),
        ("pcs_list_tags", ["tag_type": "p", "category": "DIS", "search": "a"], "testbed"),
        ("pcs_get_tag", ["tag_label": "e1"], "testbed"), ("pcs_search_tags", ["query": "a"], "testbed"),
    ]

    @Test func `asks every tool that asks a database`() {
        let silent: Set = ["panda_explain_error", "get_server_instructions", "swf_list_available_tools"]
        let reading = EPIC.manifest.tools.filter { $0.effect == .reads }.map(\.name)
        #expect(Set(Self.tools.map(\.name)) == Set(reading).subtracting(silent))
    }

    @Test(arguments: tools) func `says that a database is not connected`(
        name: String,
        arguments: JSONValue,
        source: String
    ) async {
        let title = source == "panda" ? "PanDA's database" : "The testbed's database"
        let error = ToolError(.unavailable, "\(title) is not connected to this gateway.", detail: "no such source")
        await #expect(throws: CallHarness.Failure.tool(error)) {
            try await call(name, arguments, on: SourcesInMemory())
        }
    }

    @Test(arguments: tools) func `keeps the database's words from the caller`(
        name: String,
        arguments: JSONValue,
        source: String
    ) async throws {
        let host = SourcesInMemory(query: { _ throws(ToolError) in throw ToolError(.internal, "near SELECT: host db7") }
        )
        let failure = await #expect(throws: CallHarness.Failure.self) { try await call(name, arguments, on: host) }
        guard case .tool(let error) = failure else {
            Issue.record("The tool did not throw.")
            return
        }
        #expect(error.code == .internal)
        #expect(!error.message.contains("SELECT") && !error.message.contains("db7"))
        #expect(error.hint == nil)
    }

    @Test(arguments: tools) func `uses every parameter it sends, and only those`(
        name: String,
        arguments: JSONValue,
        source: String
    ) async throws {
        let host = host()
        _ = try? await call(name, arguments, on: host)
        #expect(!host.queries.isEmpty)
        for query in host.queries {
            #expect(query.source == source)
            let numbers = Set(
                query.sql.split(separator: "$").dropFirst().compactMap { Int($0.prefix(while: \.isNumber)) }
            )
            #expect(numbers == Set(1..<query.parameters.count + 1))
        }
    }

    @Test func `escapes what is no wildcard in a pattern, and sends a plain value as it is`() async throws {
        let host = host()
        _ = try await call("panda_list_jobs", ["site": "E1_B%!", "username": "a_b", "status": "f%"], on: host)
        let query = try #require(host.queries.first)
        #expect(query.sql.contains("j.computingsite LIKE $5 ESCAPE '!'"))
        #expect(query.sql.contains("j.produsername = $4"))
        #expect(query.sql.contains("j.jobstatus LIKE $3 ESCAPE '!'"))
        #expect(query.parameters.suffix(3) == ["f%", "a_b", "E1!_B%!!"])
    }

    @Test func `counts the whole match and pages one row further`() async throws {
        let host = host()
        _ = try await call("panda_list_jobs", ["before_id": 500, "limit": 10], on: host)
        #expect(host.queries.count == 2)
        #expect(host.queries[0].parameters == ["2026-11-14 05:00:00", "2026-11-21 05:00:00"])
        #expect(host.queries[1].parameters == ["2026-11-14 05:00:00", "2026-11-21 05:00:00", 500, 11])
    }

    @Test func `keeps times of zoned columns to the microsecond`() async throws {
        let host = host()
        _ = try await call("swf_list_logs", ["start_time": "2026-11-21T01:00:00.25+01:00"], on: host)
        #expect(
            host.queries.first?.parameters
                == ["2026-11-21 00:00:00.250000+00:00", "2026-11-21 05:00:00.000000+00:00"]
        )
    }

    @Test func `looks for words in messages without wildcards`() async throws {
        let host = host()
        _ = try await call("swf_list_logs", ["search": "87% FULL_"], on: host)
        let query = try #require(host.queries.first)
        #expect(query.sql.contains("LOWER(l.message) LIKE LOWER($3) ESCAPE '!'"))
        #expect(query.parameters.last == "%87!% FULL!_%")
    }

    @Test func `takes an agent type by its documented name`() async throws {
        let host = host()
        for type in ["daqsim", "processing", "PROCESSING", "data", "something"] {
            _ = try await call("swf_list_agents", ["agent_type": .string(type)], on: host)
        }
        let types = host.queries.enumerated().filter { $0.offset % 2 == 0 }.map {
            Array($0.element.parameters.dropFirst())
        }
        #expect(
            types == [["DAQ_Simulator"], ["PROCESSING", "STF_Processing"], ["PROCESSING"], ["DATA"], ["something"]]
        )
    }

    @Test(
        arguments: [
            ("swf_list_logs", ["level": "LOUD"], "level: is none of DEBUG, INFO, WARNING, ERROR, CRITICAL."),
            ("swf_list_agents", ["status": "dead"], "status: is none of UNKNOWN, OK, WARNING, ERROR, EXITED, all."),
            (
                "swf_list_agents", ["cursor": "o1.-1"],
                "cursor: is not one this tool gave; leave it out to start again."
            ),
            (
                "swf_list_agents", ["start_time": "2026-11-21", "end_time": "2026-11-20"],
                "start_time: must be before end_time (2026-11-20T00:00:00Z)."
            ),
            (
                "swf_list_agents", ["end_time": "noon"],
                "end_time: must be an ISO 8601 time such as 2026-11-21T05:00:00Z; without a zone it means UTC."
            ),
            (
                "swf_list_logs", ["cursor": "c1.5.1.2"],
                "cursor: is not one this tool gave; leave it out to start again."
            ),
        ] as [(String, JSONValue, String)]
    )
    func `refuses what cannot be meant`(name: String, arguments: JSONValue, message: String) async {
        let host = host()
        await #expect(throws: CallHarness.Failure.tool(ToolError(.invalidArgument, message))) {
            try await call(name, arguments, on: host)
        }
        #expect(host.queries == [])
    }

    @Test func `names the parts of a job that cannot be read`() async throws {
        let host = SourcesInMemory(query: { query throws(ToolError) in
            guard query.sql.contains("jobsactive4") else { throw ToolError(.unavailable, "busy") }
            return .init(
                ["pandaid", "jobstatus", "jeditaskid", "starttime", "piloterrorcode", "transexitcode"],
                [[7, "failed", 3, "1970-01-01T00:00:00Z", 0, "NULL"]]
            )
        })
        let job = try await call("panda_study_job", ["pandaid": 7], on: host)
        #expect(
            job["missing_parts"] == [
                "files: could not be read (unavailable)", "harvester: could not be read (unavailable)",
                "task: could not be read (unavailable)",
            ]
        )
        #expect(job["task"] == ["jeditaskid": 3])
        #expect(job["errors"] == [])
        #expect(job["times"]?["started"] == nil)
    }

    @Test func `takes no log address that is none`() async throws {
        let host = host([
            (
                "jobsactive4",
                .init(["jobstatus", "pilotid"], [["failed", "javascript:alert(1)|Condor|PR|3.9"]])
            ),
            (
                "harvester_workers",
                .init(
                    ["harvesterid", "workerid", "stdout", "stderr", "batchlog"],
                    [["h", 1, "file:///etc/passwd", "https://a.example.org/x y", "https://a.example.org/1.log"]]
                )
            ),
        ])
        let job = try await call("panda_study_job", ["pandaid": 7], on: host)
        #expect(
            job["log_urls"] == [
                "batch_log": "https://a.example.org/1.log", "monitor": "https://panda.example.org/job?pandaid=7",
            ]
        )
        #expect(job["pilot"] == ["type": "PR", "version": "3.9"])
    }

    @Test func `looks for logs of Perlmutter where they are`() async throws {
        func logs(_ site: String) async throws -> JSONValue? {
            let job = SourcesInMemory.Table(
                ["jobstatus", "computingsite", "pilotid"],
                [["failed", .string(site), "https://a.example.org/1.out|Condor|PR|3.9"]]
            )
            return try await call("panda_study_job", ["pandaid": 7], on: host([("jobsactive4", job)]))["log_urls"]
        }
        let monitor: JSONValue = "https://panda.example.org/job?pandaid=7"
        #expect(
            try await logs("NERSC_Perlmutter_epic") == [
                "pilot_stdout":
                    "https://portal.nersc.gov/cfs/m3763/panda/jobs/NERSC_Perlmutter_epic/7/pilotlog.txt",
                "monitor": monitor,
            ]
        )
        for site in ["E1_BNL", "NERSC_Perlmutter/../x", "NERSC_Perlmutter é"] {
            #expect(try await logs(site)?["pilot_stderr"] == "https://a.example.org/1.err")
        }
    }

    @Test func `does not find a job that is in neither table`() async {
        let host = host()
        let error = ToolError(
            .notFound,
            "There is no job 7.",
            hint: "Check the number; the id of a task is not the id of a job."
        )
        await #expect(throws: CallHarness.Failure.tool(error)) {
            try await call("panda_study_job", ["pandaid": 7], on: host)
        }
        #expect(host.queries.count == 2)
    }

    @Test func `reads counts that come as decimals in text`() async throws {
        let host = host([
            ("SELECT status, COUNT", .init(["status", "n"], [["done", "2"]])),
            ("t.taskname", .init(["jeditaskid", "status"], [[5, "done"], [4, "done"]])),
            (
                "retries",
                .init(
                    ["jeditaskid", "jobstatus", "n", "retries", "earlier", "maxattempt"],
                    [[5, "finished", 4, "1", "2", 3]]
                )
            ),
            ("jedi_datasets", .init(["jeditaskid", "finished", "failed"], [[5, "3", "1"]])),
        ])
        let answer = try await call("panda_list_tasks", [:], on: host)
        #expect(answer["total_count"] == 2)
        #expect(answer.items.first?["counts"]?["nretries_finished"] == 2)
        #expect(answer.items.first?["counts"]?["computed_finalfailurerate"] == 0.25)
        #expect(answer.items.last?["counts"]?["nfinished"] == 0)
        #expect(answer.items.last?["counts"]?["nfinalfailed"] == nil)
    }

    @Test func `reads a queue's record also from text`() async throws {
        let host = host([
            (
                "schedconfig_json",
                .init(
                    ["panda_queue", "data"],
                    [["A", "{\"status\":\"online\"}"], ["B", ["status": "test"]], ["C", "{"]]
                )
            )
        ])
        let answer = try await call("panda_list_queues", [:], on: host)
        #expect(answer.items == [["name": "A", "status": "online"], ["name": "B", "status": "test"], ["name": "C"]])
    }

    @Test func `refuses to count more groups than it reads`() async {
        let host = TruncatedHost()
        let error = ToolError(.tooLarge, "There is more activity than can be counted.", hint: "Ask for fewer days.")
        await #expect(throws: CallHarness.Failure.tool(error)) { try await call("panda_get_activity", on: host) }
    }
}

/// A host whose every result is cut.
private struct TruncatedHost: HostCalling {
    func invoke(_ operation: String, body: [UInt8]) async -> HostReply {
        let reply: JSONValue = ["columns": [["name": "n", "type": "int"]], "rows": [[1]], "truncated": true]
        return HostReply(status: 0, body: reply.serialized)
    }

    func progress(done: Double, total: Double?, note: String) {}

    func log(_ level: LogLevel, _ message: String) {}
}
