import SampleData
import Testing

@Suite struct EdgeCaseTests {
    let database = SampleDatabaseTests.database

    func job(_ id: Int, in name: String = "jobsarchived4") throws -> (String) -> SampleValue {
        let table = try #require(database[name])
        let rows = table.rows(where: "pandaid", is: .integer(id))
        #expect(rows.count == 1)
        let row = try #require(rows.first)
        return { table.value($0, in: row) }
    }

    func count(_ name: String, _ column: String, _ value: SampleValue) throws -> Int {
        try #require(database[name]).rows(where: column, is: value).count
    }

    @Test(arguments: EdgeCases.jobs)
    func `every edge job is archived once`(id: Int) throws {
        _ = try job(id)
    }

    @Test func `one job is in both tables, with two statuses`() throws {
        #expect(try job(EdgeCases.jobInBothTables)("jobstatus") == .text("finished"))
        #expect(try job(EdgeCases.jobInBothTables, in: "jobsactive4")("jobstatus") == .text("running"))
    }

    @Test func `a job that never started holds the epoch or null`() throws {
        let epoch = SampleValue.time(SampleInstant(microseconds: 0))
        #expect(try job(EdgeCases.jobWithEpochStart)("starttime") == epoch)
        #expect(try job(EdgeCases.jobWithEpochStart)("endtime") == epoch)
        #expect(try job(EdgeCases.jobWithoutStart)("starttime") == .null)
    }

    @Test func `site, user and diagnosis may be missing`() throws {
        #expect(try job(EdgeCases.jobWithoutSite)("computingsite") == .null)
        #expect(try job(EdgeCases.jobWithoutUser)("produsername") == .null)
        #expect(try job(EdgeCases.jobWithoutDiagnosis)("piloterrordiag") == .null)
        #expect(try job(EdgeCases.jobWithoutDiagnosis)("piloterrorcode") == .integer(1201))
    }

    @Test func `names hold wildcards, and others match only by them`() throws {
        #expect(try job(EdgeCases.jobAtSiteWithUnderscore)("computingsite") == .text(EdgeCases.siteWithUnderscore))
        #expect(
            try job(EdgeCases.jobAtSiteMatchingOnlyAsWildcard)("computingsite")
                == .text(EdgeCases.siteMatchingOnlyAsWildcard)
        )
        #expect(try count("jedi_tasks", "taskname", .text(EdgeCases.nameWithWildcards)) == 1)
        #expect(try count("jedi_tasks", "taskname", .text(EdgeCases.nameMatchingOnlyAsWildcard)) == 1)
    }

    @Test func `a diagnosis fills its column`() throws {
        guard case .text(let text) = try job(EdgeCases.jobWithLongDiagnosis)("piloterrordiag") else {
            Issue.record("no diagnosis")
            return
        }
        #expect(text.count == 500)
    }

    @Test func `texts are outside ASCII and hostile`() throws {
        #expect(try job(EdgeCases.jobWithNonASCIIText)("produsername") == .text(EdgeCases.nonASCIIUser))
        #expect(try job(EdgeCases.jobWithNonASCIIText)("piloterrordiag") == .text(EdgeCases.nonASCIIDiagnosis))
        #expect(try job(EdgeCases.jobWithHostileDiagnosis)("piloterrordiag") == .text(EdgeCases.hostileText))
        #expect(EdgeCases.hostileText.contains("\u{1B}[31m"))
        #expect(EdgeCases.hostileText.contains("\u{202E}"))
        #expect(EdgeCases.hostileText.contains("Bearer eyJ"))
        let logs = try #require(database["swf_applog"])
        let row = try #require(logs.rows(where: "id", is: .integer(EdgeCases.logWithHostileText)).first)
        #expect(logs.value("message", in: row) == .text(EdgeCases.hostileText))
    }

    @Test func `a job has no files, another two workers`() throws {
        #expect(try count("filestable4", "pandaid", .integer(EdgeCases.jobWithoutFiles)) == 0)
        #expect(try count("filestable4", "pandaid", .integer(EdgeCases.jobWithTwoWorkers)) == 3)
        #expect(try count("harvester_rel_jobs_workers", "pandaid", .integer(EdgeCases.jobWithTwoWorkers)) == 2)
    }

    @Test func `a job has several errors`() throws {
        let value = try job(EdgeCases.jobWithSeveralErrors)
        #expect(value("piloterrorcode") == .integer(1099))
        #expect(value("ddmerrorcode") == .integer(200))
        #expect(value("jobdispatchererrorcode") == .integer(100))
        #expect(value("transexitcode") == .text("65"))
    }

    @Test func `task parameters are huge`() throws {
        let table = try #require(database["jedi_taskparams"])
        let row = try #require(table.rows(where: "jeditaskid", is: .integer(EdgeCases.taskWithHugeParameters)).first)
        guard case .text(let text) = table.value("taskparams", in: row) else {
            Issue.record("no parameters")
            return
        }
        #expect(text.utf8.count > 300_000)
    }

    @Test(arguments: [
        (EdgeCases.agentFresh, "OK", 60), (EdgeCases.agentStale, "OK", 3600), (EdgeCases.agentInError, "ERROR", 60),
        (EdgeCases.agentExited, "EXITED", 86400),
    ])
    func `agents are as they are described`(name: String, status: String, within: Int) throws {
        let table = try #require(database["swf_systemagent"])
        let row = try #require(table.rows(where: "instance_name", is: .text(name)).first)
        #expect(table.value("status", in: row) == .text(status))
        guard case .time(let beat) = table.value("last_heartbeat", in: row) else {
            Issue.record("no heartbeat")
            return
        }
        let silence = SampleDatabaseTests.clock.now.seconds(since: beat)
        #expect(silence <= within)
        if name == EdgeCases.agentStale { #expect(silence > 300) }
    }

    @Test func `an agent was never seen`() throws {
        let table = try #require(database["swf_systemagent"])
        let row = try #require(table.rows(where: "instance_name", is: .text(EdgeCases.agentNeverSeen)).first)
        #expect(table.value("last_heartbeat", in: row) == .null)
    }

    @Test(arguments: [
        (EdgeCases.runningExecution, "running", false), (EdgeCases.failedExecution, "failed", true),
        (EdgeCases.terminatedExecution, "terminated", false),
    ])
    func `executions are as they are described`(id: String, status: String, hasEnd: Bool) throws {
        let table = try #require(database["swf_workflow_executions"])
        let row = try #require(table.rows(where: "execution_id", is: .text(id)).first)
        #expect(table.value("status", in: row) == .text(status))
        #expect((table.value("end_time", in: row) != .null) == hasEnd)
    }

    @Test func `a message has a run that is no number, another no namespace`() throws {
        let table = try #require(database["swf_workflow_messages"])
        let text = try #require(table.rows(where: "message_id", is: .text(EdgeCases.messageWithTextRun)).first)
        #expect(table.value("run_id", in: text) == .text(EdgeCases.nonNumericRun))
        let bare = try #require(table.rows(where: "message_id", is: .text(EdgeCases.messageWithoutNamespace)).first)
        #expect(table.value("namespace", in: bare) == .null)
    }

    @Test func `processing types are null and empty`() throws {
        let table = try #require(database["jedi_tasks"])
        let null = try #require(
            table.rows(where: "jeditaskid", is: .integer(EdgeCases.taskWithoutProcessingType)).first
        )
        let blank = try #require(
            table.rows(where: "jeditaskid", is: .integer(EdgeCases.taskWithEmptyProcessingType)).first
        )
        #expect(table.value("processingtype", in: null) == .null)
        #expect(table.value("processingtype", in: blank) == .text(""))
    }
}
