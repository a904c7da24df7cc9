import SampleData
import Testing

@Suite struct SampleDatabaseTests {
    static let clock = SampleClock(now: SampleInstant(seconds: 1_795_236_000))
    static let database = SampleDatabase(seed: 42, clock: clock, jobCount: 2000, taskCount: 100)

    /// A number that differs when any value of any row does.
    static func fingerprint(_ database: SampleDatabase) -> UInt64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for table in database.tables {
            for row in table.rows {
                for value in row {
                    for byte in "\(value)|".utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
                }
            }
        }
        return hash
    }

    func table(_ name: String) throws -> SampleTable {
        try #require(Self.database[name])
    }

    func count(_ name: String, _ column: String, since start: SampleInstant) throws -> Int {
        try table(name).values(column).count { value in
            guard case .time(let time) = value else { return false }
            return time >= start && time <= Self.clock.now
        }
    }

    @Test func `the same seed and time make the same rows, another seed or time makes others`() {
        func small(_ seed: UInt64, _ clock: SampleClock) -> UInt64 {
            Self.fingerprint(SampleDatabase(seed: seed, clock: clock, jobCount: 150, taskCount: 20))
        }
        let later = SampleClock(now: Self.clock.now.adding(seconds: 1))
        let first = small(42, Self.clock)
        #expect(first == small(42, Self.clock))
        #expect(first != small(43, Self.clock))
        #expect(first != small(42, later))
    }

    @Test func `there are as many jobs and tasks as asked for`() throws {
        let jobs = try table("jobsactive4").rows.count + table("jobsarchived4").rows.count
        // One of the edge cases is in both tables.
        #expect(jobs == 2000 + EdgeCases.jobs.count + 1)
        #expect(try table("jobsactive4").rows.count == 61)
        #expect(try table("jedi_tasks").rows.count == 100 + EdgeCases.tasks.count)
    }

    @Test func `every table of the schema is there, in its order`() {
        #expect(Self.database.tables.map(\.name) == SampleSchema.tables.map(\.name))
    }

    @Test func `rows hold only columns of their table, and no null where it is refused`() {
        for table in Self.database.tables {
            let names = Set(table.definition.columns.map(\.name))
            #expect(names.isSuperset(of: table.columns), "\(table.name)")
            guard let row = table.rows.first else { continue }
            #expect(row.count == table.columns.count)
            for column in table.definition.columns where !column.isNullable {
                #expect(!table.values(column.name).contains(.null), "\(table.name).\(column.name)")
            }
        }
    }

    @Test func `unique keys are unique`() {
        for table in Self.database.tables {
            let keys = [table.definition.primaryKey] + table.definition.indexes.filter(\.isUnique).map(\.columns)
            for key in keys {
                let values = table.rows.map { row in key.map { table.value($0, in: row) } }
                #expect(Set(values).count == values.count, "\(table.name) \(key)")
            }
        }
    }

    @Test func `texts fit their columns`() {
        for table in Self.database.tables {
            for column in table.definition.columns where column.type.hasPrefix("varchar(") {
                let limit = Int(column.type.dropFirst(8).dropLast()) ?? 0
                let longest =
                    table.values(column.name).map { value -> Int in
                        if case .text(let text) = value { text.unicodeScalars.count } else { 0 }
                    }.max() ?? 0
                #expect(longest <= limit, "\(table.name).\(column.name)")
            }
        }
    }

    @Test func `times lie in the past, and none has a fraction in a table of PanDA`() {
        for table in Self.database.tables {
            for column in table.definition.columns where column.holdsTime {
                for case .time(let time) in table.values(column.name) {
                    #expect(time <= Self.clock.now.adding(seconds: 1), "\(table.name).\(column.name)")
                    if table.definition.schema == .domaPanda { #expect(time.microseconds % 1_000_000 == 0) }
                }
            }
        }
    }

    @Test(arguments: [
        ("jobsarchived4", "modificationtime", 7 * 86400, 500), ("jobsarchived4", "modificationtime", 86400, 60),
        ("jobsarchived4", "modificationtime", 180 * 86400, 1900), ("jedi_tasks", "modificationtime", 7 * 86400, 30),
        ("swf_applog", "timestamp", 86400, 5000), ("swf_workflow_executions", "start_time", 86400, 12),
        ("swf_workflow_messages", "sent_at", 3600, 60), ("swf_stf_files", "created_at", 86400, 400),
        ("swf_tf_slices", "created_at", 86400, 1500), ("swf_runs", "start_time", 7 * 86400, 45),
        ("harvester_worker_stats", "lastupdate", 3600, 100), ("swf_systemagent", "last_heartbeat", 60, 12),
    ])
    func `default windows show something`(table: String, column: String, seconds: Int, atLeast: Int) throws {
        #expect(try count(table, column, since: Self.clock.ago(seconds: seconds)) >= atLeast)
    }

    @Test func `jobs end in the expected mix`() throws {
        let statuses = try table("jobsarchived4").values("jobstatus")
        func percent(_ status: String) -> Int { statuses.count { $0 == .text(status) } * 100 / statuses.count }
        #expect((76...88).contains(percent("finished")))
        #expect((7...16).contains(percent("failed")))
        #expect((1...8).contains(percent("cancelled")))
        #expect((1...6).contains(percent("closed")))
    }

    @Test(arguments: [
        ("done", 30), ("finished", 10), ("failed", 10), ("running", 10), ("aborted", 10), ("broken", 10), ("ready", 10),
        ("pending", 10),
    ])
    func `tasks have the expected mix of statuses`(status: String, count: Int) throws {
        let tasks = try table("jedi_tasks")
        let ordinary = tasks.rows.filter { row in
            if case .integer(let id) = tasks.value("jeditaskid", in: row) {
                !EdgeCases.tasks.contains(id)
            } else {
                false
            }
        }
        #expect(ordinary.count { tasks.value("status", in: $0) == .text(status) } == count)
    }

    @Test func `a job that started did so after it was made and before it ended`() throws {
        let jobs = try table("jobsarchived4")
        let epoch = SampleValue.time(SampleInstant(microseconds: 0))
        for row in jobs.rows where jobs.value("starttime", in: row) != epoch {
            guard case .time(let created) = jobs.value("creationtime", in: row),
                case .time(let started) = jobs.value("starttime", in: row),
                case .time(let ended) = jobs.value("endtime", in: row)
            else { continue }
            #expect(created <= started && started <= ended)
        }
    }

    @Test func `every job belongs to a task and every slice to a file`() throws {
        let tasks = try Set(table("jedi_tasks").values("jeditaskid"))
        #expect(try tasks.isSuperset(of: table("jobsarchived4").values("jeditaskid")))
        #expect(try tasks.isSuperset(of: table("jobsactive4").values("jeditaskid")))
        #expect(
            try Set(table("swf_fastmon_files").values("tf_file_id")).isSuperset(
                of: table("swf_tf_slices").values("fastmon_file_id")
            )
        )
        #expect(
            try Set(table("swf_stf_files").values("file_id")).isSuperset(
                of: table("swf_fastmon_files").values("stf_file_id")
            )
        )
        #expect(try tasks.isSuperset(of: table("pcs_panda_tasks").values("jedi_task_id")))
    }
}
