import JSON
import PluginKit
import PluginTesting
import SampleData
import Testing

/// The statements about jobs on the real driver, with the sample's awkward rows.
@Suite struct SampleJobTests {
    private let site: SampleSite

    init() throws {
        site = try SampleSite.shared.get()
    }

    private func jobs(_ arguments: JSONValue) async throws -> JSONValue {
        try await call("panda_list_jobs", arguments, on: site)
    }

    private func study(_ id: Int) async throws -> JSONValue {
        try await call("panda_study_job", ["pandaid": .integer(id)], on: site)
    }

    private let edgeTask: JSONValue = .integer(EdgeCases.taskOfEdgeCases)

    @Test func `counts a job in both tables once, as active`() async throws {
        let all = try await jobs(["taskid": edgeTask])
        #expect(all.integers("pandaid") == EdgeCases.jobs.reversed())
        #expect(all["total_count"] == .integer(EdgeCases.jobs.count))
        #expect(all.items.last?["status"] == "running")
        let finished = try await jobs(["taskid": edgeTask, "status": "finished"])
        #expect(finished.integers("pandaid") == [EdgeCases.jobWithTwoWorkers])
        #expect(try await study(EdgeCases.jobInBothTables)["status"] == "running")
    }

    @Test func `a job that is another attempt is told with the one before`() async throws {
        let rows = try await site.rows(
            """
            SELECT j.pandaid, j.parentid, j.jeditaskid FROM doma_panda.jobsarchived4 j \
            WHERE j.parentid IS NOT NULL AND j.jobstatus = 'finished' ORDER BY j.pandaid DESC LIMIT 1
            """
        )
        let row = try #require(rows.first)
        let (id, parent) = (try #require(row.integer("pandaid")), try #require(row.integer("parentid")))
        let others = try await site.rows(
            """
            SELECT j.pandaid FROM doma_panda.jobsarchived4 j WHERE j.jeditaskid = \(row.integer("jeditaskid") ?? 0) \
            AND j.pandaid <> \(id) AND (j.parentid IN (\(id), \(parent)) OR j.pandaid = \(parent))
            """
        )
        let told = try await study(id)["retries"]?.array?.compactMap { $0["pandaid"]?.integer } ?? []
        #expect(told.contains(parent))
        #expect(Set(told) == Set(others.compactMap { $0.integer("pandaid") } + [parent]))
    }

    @Test func `a failed job without other attempts says that there are none, a running one nothing`() async throws {
        #expect(try await study(EdgeCases.jobWithSeveralErrors)["retries"] == [])
        #expect(try await study(EdgeCases.jobInBothTables)["retries"] == nil)
    }

    @Test func `agrees with a count of its own`() async throws {
        let rows = try await site.rows(
            """
            SELECT COUNT(*) AS n FROM (SELECT pandaid FROM doma_panda.jobsactive4 WHERE modificationtime >= \
            '2026-11-14 05:00:00' UNION SELECT j.pandaid FROM doma_panda.jobsarchived4 j WHERE \
            j.modificationtime >= '2026-11-14 05:00:00') found
            """
        )
        let expected = try #require(rows.first?.integer("n"))
        #expect(expected > 20)
        let page = try await jobs(["limit": 5])
        #expect(page["total_count"] == .integer(expected))
        let sum = page["summary"]?.object?.members.reduce(0) { $0 + ($1.value.integer ?? 0) }
        #expect(sum == expected)
        let activity = try await call("panda_get_activity", ["days": 7], on: site)
        #expect(activity["jobs"]?["total"] == .integer(expected))
        #expect(activity["jobs"]?["by_status"] == page["summary"])
    }

    @Test func `pages through everything once, newest first`() async throws {
        var seen: [Int] = []
        var arguments: JSONValue = ["limit": 6, "taskid": edgeTask]
        for _ in 0..<10 {
            let page = try await jobs(arguments)
            seen += page.integers("pandaid")
            guard let cursor = page["next_cursor"] else { break }
            arguments = ["limit": 6, "taskid": edgeTask, "cursor": cursor]
        }
        #expect(seen == EdgeCases.jobs.reversed())
    }

    @Test func `shows no time for a job that never started`() async throws {
        let items = try await jobs(["taskid": edgeTask]).items
        for id in [EdgeCases.jobWithEpochStart, EdgeCases.jobWithoutStart] {
            let item = try #require(items.first { $0["pandaid"] == .integer(id) })
            #expect(item["started"] == nil)
            #expect(item["ended"] == nil)
            #expect(item["created"] != nil)
            let times = try await study(id)["times"]
            #expect(times?["started"] == nil)
            #expect(times?["running_seconds"] == nil)
            #expect((times?["waiting_seconds"]?.integer ?? 0) > 0)
        }
    }

    @Test func `leaves out a site or user a job does not have`() async throws {
        #expect(try await study(EdgeCases.jobWithoutSite)["site"] == nil)
        #expect(try await study(EdgeCases.jobWithoutUser)["user"] == nil)
        let jobs = try await call("panda_get_activity", ["days": 7], on: site)["jobs"]
        let nameless = { (list: JSONValue?) in list?.array?.first { $0["name"] == "(none)" }?["counts"] }
        #expect(nameless(jobs?["by_site"])?["failed"]?.integer ?? 0 >= 1)
        #expect(nameless(jobs?["by_user"])?["failed"]?.integer ?? 0 >= 1)
    }

    @Test func `takes an underscore for an underscore`() async throws {
        for pattern in [EdgeCases.siteWithUnderscore, "E1_B%", "%1_BNL"] {
            let sites = Set(try await jobs(["site": .string(pattern), "limit": 1000]).texts("site"))
            #expect(sites == [EdgeCases.siteWithUnderscore])
        }
        #expect(
            try await jobs(["site": "E1%BNL", "taskid": edgeTask]).integers("pandaid")
                == [EdgeCases.jobAtSiteMatchingOnlyAsWildcard, EdgeCases.jobAtSiteWithUnderscore]
        )
    }

    @Test func `keeps letters of all languages`() async throws {
        let job = try await study(EdgeCases.jobWithNonASCIIText)
        #expect(job["user"] == .string(EdgeCases.nonASCIIUser))
        #expect(job["primary_error"]?["diagnosis"] == .string(EdgeCases.nonASCIIDiagnosis))
        let found = try await jobs(["username": .string(EdgeCases.nonASCIIUser)])
        #expect(found.integers("pandaid") == [EdgeCases.jobWithNonASCIIText])
    }

    @Test func `takes colours, tricks and credentials out of a diagnosis`() async throws {
        let job = try await study(EdgeCases.jobWithHostileDiagnosis)
        #expect(job["primary_error"]?["diagnosis"] == .string(EdgeCases.harmlessText))
        let answer = String(decoding: job.serialized, as: UTF8.self)
        for secret in ["eyJ", "hunter2"] { #expect(!answer.contains(secret)) }
        #expect(answer.unicodeScalars.allSatisfy { $0.value >= 0x20 && !$0.properties.isDefaultIgnorableCodePoint })
    }

    @Test func `explains several errors and picks the main one`() async throws {
        let job = try await study(EdgeCases.jobWithSeveralErrors)
        #expect(
            job["errors"]?.array?.compactMap { $0["component"]?.string } == [
                "ddm", "dispatcher", "pilot", "transformation",
            ]
        )
        #expect(job["primary_error"]?["code"] == 1099)
        let plain = try await study(EdgeCases.jobWithoutDiagnosis)
        #expect(plain["primary_error"]?["code"] == 1201)
        #expect(plain["primary_error"]?["diagnosis"] == nil)
        let long = try await study(EdgeCases.jobWithLongDiagnosis)
        #expect(long["primary_error"]?["diagnosis"]?.string?.count == 500)
    }

    @Test func `lists files, or says why there are none`() async throws {
        let job = try await study(EdgeCases.jobWithTwoWorkers)
        #expect(job["files"]?.array?.compactMap { $0["type"]?.string } == ["log", "output", "output"])
        let without = try await study(EdgeCases.jobWithoutFiles)
        #expect(without["files"] == [])
        #expect(without["missing_parts"] == ["files: none are recorded for this job"])
        let rows = try await site.rows("SELECT MIN(pandaid) AS id FROM doma_panda.jobsarchived4")
        let oldest = try #require(rows.first?.integer("id"))
        let old = try await study(oldest)
        #expect(
            old["missing_parts"]?.array?.first
                == "files: PanDA keeps them for 30 days, and this job is older"
        )
    }

    @Test func `shows the last of several workers and its logs`() async throws {
        let job = try await study(EdgeCases.jobWithTwoWorkers)
        let rows = try await site.rows(
            "SELECT MAX(workerid) AS id FROM doma_panda.harvester_rel_jobs_workers "
                + "WHERE pandaid = \(EdgeCases.jobWithTwoWorkers)"
        )
        let last = try #require(rows.first?.integer("id"))
        #expect(job["harvester"]?["worker_id"] == .integer(last))
        #expect(job["missing_parts"] == ["harvester: only the last of 2 workers is shown"])
        #expect(
            job["log_urls"] == [
                "pilot_stdout": .string("https://pilot-logs.example.org/harvester/\(last).out"),
                "pilot_stderr": .string("https://pilot-logs.example.org/harvester/\(last).err"),
                "batch_log": .string("https://pilot-logs.example.org/harvester/\(last).log"),
                "monitor": .string("https://panda.example.org/job?pandaid=\(EdgeCases.jobWithTwoWorkers)"),
            ]
        )
        #expect(job["task"]?["name"] == "user.afischer.edge_cases")
        #expect(job["pilot"] == ["type": "PR", "version": "3.9.1.10"])
    }

    @Test func `makes no address of a pilot identifier without bars`() async throws {
        #expect(try await study(EdgeCases.jobWithPlainPilotIdentifier)["pilot"] == nil)
    }

    @Test func `says where output goes`() async throws {
        let items = try await jobs(["taskid": edgeTask]).items
        let place = { (id: Int) in items.first { $0["pandaid"] == .integer(id) }?["destination"] }
        #expect(place(EdgeCases.jobWithTwoWorkers) == "BNL_PROD_DISK_1")
        #expect(place(EdgeCases.jobWithoutFiles) == nil)
    }

    @Test func `looks at a window between two times`() async throws {
        let answer = try await jobs([
            "taskid": edgeTask, "start_time": "2026-11-21T04:20:00Z", "end_time": "2026-11-21T04:21:00Z",
        ])
        // The active copy of the job in both tables changed 40 minutes ago, as did the tenth of the others.
        #expect(answer.integers("pandaid") == [EdgeCases.jobInBothTables + 10, EdgeCases.jobInBothTables])
        #expect(answer["window"]?["defaulted"] == false)
    }
}
