import JSON
import SampleData
import Testing

@Suite struct RecordedAnswersTests {
    static let now = SampleInstant(seconds: 1_795_236_000)

    func answer(_ target: String, method: String = "GET") -> RecordedAnswer {
        let halves = target.split(separator: "?", maxSplits: 1)
        return RecordedAnswers(now: Self.now).answer(
            method: method,
            path: String(halves[0]),
            query: halves.count == 2 ? String(halves[1]) : nil
        )
    }

    func json(_ target: String) throws -> JSONValue {
        let answer = answer(target)
        #expect(answer.status == 200)
        #expect(answer.contentType == "application/json")
        return try JSONValue(parsing: answer.body)
    }

    func seconds(_ record: JSONValue?, _ name: String) throws -> Int {
        let text = try #require(record?[name]?.string)
        return try Self.now.seconds(since: #require(SampleInstant(parsing: String(text.prefix(19)))))
    }

    // MARK: The three cases

    @Test(arguments: [
        "/atlas/job?pandaid=6810532013&json", "/atlas/job/6810532013/?json", "/atlas/job/?json&pandaid=6810532013",
    ])
    func `the running job waited 21 h 20 min and has run for 5 h 46 min`(target: String) throws {
        let job = try json(target)["job"]
        #expect(job?["jobstatus"] == "running")
        let created = try seconds(job, "creationtime")
        let started = try seconds(job, "starttime")
        #expect(created - started == (21 * 60 + 20) * 60)
        #expect(started / 60 == 5 * 60 + 46)
        #expect(job?["endtime"]?.isNull == true)
        #expect(job?["waittimesec"] == .double(76800) || job?["waittimesec"] == 76800)
    }

    @Test func `the running task has 1112 of 4875 files, 22 percent, none failed`() throws {
        let answer = try json("/atlas/task/46374283/?json")
        let summary = answer["task"]?["dsinfo"]
        #expect(answer["task"]?["status"] == "running")
        #expect(summary?["nfiles"] == 4875)
        #expect(summary?["nfilesfinished"] == 1112)
        #expect(summary?["nfilesfailed"] == 0)
        #expect(summary?["pctfinished"] == 22)
        #expect(summary?["pctfailed"] == 0)
        #expect(answer["datasets"]?.array?.map { $0["type"]?.string } == ["input", "output", "log"])
        #expect(answer["datasets"]?.array?.first?["percentfinished"]?.double == 22.8)
    }

    @Test func `the failed job went over its memory limit, and its log says so`() throws {
        let job = try json("/atlas/job?pandaid=6800730400&json")["job"]
        #expect(job?["jobstatus"] == "failed")
        #expect(job?["piloterrorcode"] == 1235)
        #expect(job?["transexitcode"] == "0")
        #expect(try #require(job?["maxrss"]?.integer) > 4_096_000)
        let listing = try json("/atlas/filebrowser/?pandaid=6800730400&json")
        #expect(listing["files"]?.array?.map { $0["name"]?.string } == ["pilotlog.txt"])
        let redirect = answer("/atlas/filebrowser/?pandaid=6800730400&json&filename=pilotlog.txt")
        #expect(redirect.status == 301)
        let log = answer(try #require(redirect.location))
        #expect(log.contentType == "text/plain")
        let text = String(decoding: log.body, as: UTF8.self)
        #expect(text.contains("job has exceeded the memory limit"))
        #expect(listing["files"]?.array?.first?["size"]?.integer == log.body.count)
    }

    // MARK: Other jobs

    @Test(arguments: [
        (RecordedCases.stageInJob, "piloterrorcode", 1099),
        (RecordedCases.lostHeartbeatJob, "jobdispatchererrorcode", 100),
        (RecordedCases.payloadJob, "piloterrorcode", 1305), (RecordedCases.setupJob, "piloterrorcode", 1305),
    ])
    func `a failed job says why`(id: Int, field: String, code: Int) throws {
        let job = try json("/atlas/job?pandaid=\(id)&json")["job"]
        #expect(job?["jobstatus"] == "failed")
        #expect(job?[field]?.integer == code)
    }

    @Test func `one job has 145 members, a listed one 141`() throws {
        let job = try #require(try json("/atlas/job?pandaid=6800730400&json")["job"]?.object)
        #expect(job.count == 145)
        let listed = try json("/atlas/jobs/?pandaid=6800730400&json")["jobs"]?.array?.first?.object
        #expect(listed?.count == 141)
    }

    @Test func `a lost job has no log, and a missing file is not found`() {
        #expect(answer("/atlas/filebrowser/?pandaid=\(RecordedCases.lostHeartbeatJob)&json").status == 400)
        #expect(answer("/atlas/filebrowser/?pandaid=6800730400&json&filename=nothing.txt").status == 404)
        #expect(answer("/atlas/media/filebrowser/6800730400/nothing.txt").status == 404)
    }

    @Test(arguments: [
        "/atlas/job?pandaid=1&json", "/atlas/job/1/?json", "/atlas/task/1/?json", "/atlas/nonsense/?json",
    ])
    func `what is unknown is a page with status 200`(target: String) {
        #expect(answer(target).status == 200)
        #expect(answer(target).contentType == "text/html")
    }

    @Test func `a task that is no number redirects`() {
        #expect(answer("/atlas/task/abc/?json").status == 302)
        #expect(answer("/atlas/task/abc/?json").location == "/atlas/task/")
    }

    // MARK: Lists

    @Test func `a task's jobs come with facets and errors`() throws {
        let answer = try json("/atlas/jobs/?jeditaskid=\(RecordedCases.finishedTask)&json")
        #expect(answer["jobs"]?.array?.count == 7)
        let codes = answer["errsByCount"]?.array?.compactMap { $0["error"]?.string } ?? []
        #expect(
            Set(codes) == [
                "pilot:1235", "pilot:1099", "jobdispatcher:100", "pilot:1305", "pilot:1151", "transform:1",
                "transform:64",
            ]
        )
        let statuses = answer["selectionsummary"]?.array?.first { $0["field"] == "jobstatus" }
        #expect(statuses?["list"]?.array == [["kname": "failed", "kvalue": 6], ["kname": "finished", "kvalue": 1]])
    }

    @Test func `fields, outputs and limit cut the answer`() throws {
        let answer = try json("/atlas/jobs/?json&days=7&fields=pandaid,jobstatus&outputs=jobs&limit=3")
        #expect(answer["selectionsummary"]?.array == [])
        #expect(answer["errsByCount"]?.array == [])
        #expect(answer["jobs"]?.array?.count == 3)
        #expect(answer["jobs"]?.array?.first?.object?.names.sorted() == ["jobstatus", "pandaid"])
    }

    @Test func `the window grows with its hours, and nothing matches an unknown site`() throws {
        func count(_ query: String) throws -> Int { try json("/atlas/jobs/?json&\(query)")["jobs"]?.array?.count ?? 0 }
        let day = try count("hours=24")
        let week = try count("days=7")
        #expect(day > 10)
        #expect(week > day)
        #expect(try count("computingsite=NOWHERE") == 0)
        #expect(try count("days=7&computingsite=BNL|MWT2") > count("days=7&computingsite=BNL"))
        #expect(try count("days=7&computingsite=B*") == count("days=7&computingsite=BNL"))
    }

    @Test func `errors are grouped four ways`() throws {
        let answer = try json("/atlas/errors/?json&days=7")
        #expect(answer.object?.names == ["jobSummary", "errsByCount", "errsBySite", "errsByUser", "errsByTask"])
        let counts = answer["errsByCount"]?.array?.compactMap { $0["count"]?.integer } ?? []
        #expect(!counts.isEmpty)
        #expect(counts == counts.sorted(by: >))
        let bySite = answer["errsBySite"]?.array?.reduce(0) { $0 + ($1["toterrors"]?.integer ?? 0) }
        #expect(bySite == counts.reduce(0, +))
        #expect(try json("/atlas/errors/?json&hours=24&fields=errsBySite").object?.names == ["errsBySite"])
    }

    @Test func `tasks are listed with their files`() throws {
        let tasks = try json("/atlas/tasks/?json&days=7").array ?? []
        #expect(tasks.count == 5)
        #expect(tasks.first { $0["jeditaskid"] == 46_374_283 }?["pctfinished"] == 22)
        #expect(try json("/atlas/tasks/?json&status=broken").array?.count == 1)
    }

    // MARK: Rubin

    @Test(arguments: [
        (7001, "Transforming", 6), (7002, "Finished", 3), (7003, "SubFinished", 5), (7004, "Failed", 2),
        (7005, "Cancelled", 2),
    ])
    func `a request has a row for each transform`(id: Int, status: String, transforms: Int) throws {
        let rows = try #require(try json("/rubin/idds/request/\(id)/null/true/false/false/false").array)
        #expect(rows.count == transforms)
        #expect(rows.allSatisfy { $0["status"]?.string == status && $0["request_id"]?.integer == id })
        #expect(try json("/rubin/idds/request/\(id)/null/false").array?.count == 1)
    }

    @Test func `outputs add up in every transform that ended`() throws {
        let rows = try #require(try json("/rubin/idds/request/null/null/true").array)
        for row in rows {
            let parts = [
                "output_processed_files", "output_failed_files", "output_missing_files", "output_processing_files",
                "output_new_files",
            ]
            let sum = parts.reduce(0) { $0 + (row[$1]?.integer ?? 0) }
            #expect(sum == row["output_total_files"]?.integer, "\(row["transform_name"] ?? .null)")
        }
    }

    @Test func `failed outputs carry exit codes and lead to jobs`() throws {
        let rows = try #require(try json("/rubin/idds/catalog/contents_output_ext/7003/161032/null/false").array)
        #expect(rows.count { $0["trans_exit_code"] == "1" } == 29)
        #expect(rows.count { $0["trans_exit_code"] == "137" } == 8)
        for id in [RecordedCases.rubinMemoryJob, RecordedCases.rubinPayloadJob] {
            #expect(rows.contains { $0["panda_id"]?.integer == id })
            #expect(try json("/rubin/job?pandaid=\(id)&json")["job"]?["jobstatus"] == "failed")
        }
        let byTask = try json("/rubin/idds/catalog/contents_output_ext/7003/161032/null/true")
        #expect(byTask.object?.names == ["161032"])
    }

    @Test func `the task behind a transform is at the monitor`() throws {
        let task = try json("/rubin/task/161032/?json")["task"]
        #expect(task?["status"] == "finished")
        #expect(task?["dsinfo"]?["nfilesfailed"] == 37)
    }

    @Test func `monitor rows sum up a request`() throws {
        let row = try #require(try json("/rubin/idds/monitor_request/7003/null").array?.first)
        #expect(row["transforms"] == ["Finished": 3, "SubFinished": 2])
        #expect(row["output_total_files"] == 2462)
        #expect(try json("/rubin/idds/monitor/null/null/true/false/false").array?.count == 5)
        #expect(try json("/rubin/idds/request/1/null/true").array == [])
    }

    @Test func `a request is found by its name and iDDS answers a ping`() throws {
        #expect(try json("/rubin/idds/ping")["Status"] == "OK")
        let name = try #require(try json("/rubin/idds/request/7002/null/false").array?.first?["name"]?.string)
        #expect(try json("/rubin/idds/request/name/\(name)").array?.first?["request_id"] == 7002)
    }

    @Test(arguments: [("/cric", 404), ("/", 404), ("/rubin/idds/nonsense", 404)])
    func `other paths are not found`(path: String, status: Int) {
        #expect(answer(path).status == status)
    }

    @Test func `writing is refused, but for the commands of iDDS`() {
        #expect(answer("/atlas/job/1/", method: "POST").status == 405)
        #expect(answer("/rubin/idds/request/retry/7003/null", method: "PUT").status == 200)
        #expect(answer("/rubin/idds/request/retry/1/null", method: "PUT").status == 404)
    }

    @Test(arguments: [("a%20b", "a b"), ("a+b", "a b"), ("100%", "100%"), ("%zz", "%zz"), ("%C3%A9", "é")])
    func `a query is decoded`(text: String, decoded: String) {
        #expect(RecordedQuery.decoded(text) == decoded)
    }
}
