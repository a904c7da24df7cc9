import GatewayCore
import JSON
import SQLiteSource
import Testing

struct LimitTests {
    private static let three = "SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3"

    @Test(arguments: [(0, "[]", true), (2, "[[1],[2]]", true), (3, "[[1],[2],[3]]", false)])
    func `rows stop at the limit`(limit: Int, expected: String, isTruncated: Bool) async throws {
        let database = try SampleDatabase()
        let asked = try await database.source().rows(Self.three, maximumRows: limit)
        let configured = try await database.source(maximumRows: limit).rows(Self.three)
        for rows in [asked, configured] {
            #expect(String(decoding: rows.rows, as: UTF8.self) == expected)
            #expect(rows.isTruncated == isTruncated)
            #expect(rows.count == limit)
        }
    }

    @Test(arguments: [
        (13, "[[1],[2],[3]]", false), (12, "[[1],[2]]", true), (9, "[[1],[2]]", true), (8, "[[1]]", true),
        (5, "[[1]]", true), (4, "[]", true), (0, "[]", true),
    ])
    func `bytes stop at the limit, brackets included`(limit: Int, expected: String, isTruncated: Bool) async throws {
        let database = try SampleDatabase()
        let asked = try await database.source().rows(Self.three, maximumBytes: limit)
        let configured = try await database.source(maximumBytes: limit).rows(Self.three)
        for rows in [asked, configured] {
            #expect(String(decoding: rows.rows, as: UTF8.self) == expected)
            #expect(rows.isTruncated == isTruncated)
        }
    }

    @Test func `a value up to the limit is computed, a longer one is too large`() async throws {
        let source = try SampleDatabase().source(maximumValueBytes: 1000)
        #expect(try await source.json("SELECT length(zeroblob(1000))") == "[[1000]]")
        await #expect(throws: SourceError.tooLarge) { try await source.rows("SELECT length(zeroblob(1001))") }
    }

    @Test func `a deadline ends a statement that runs`() async throws {
        let source = try SampleDatabase().source(readers: 1)
        await #expect(throws: SourceError.timeout) { try await source.rows(endless, within: .milliseconds(100)) }
        #expect(try await source.json("SELECT 1") == "[[1]]")
    }

    @Test func `a deadline that has passed is told without asking`() async throws {
        let source = try SampleDatabase().source()
        await #expect(throws: SourceError.timeout) { try await source.rows("SELECT 1", within: .zero) }
    }

    @Test func `cancelling ends a statement that runs`() async throws {
        let source = try SampleDatabase().source(readers: 1)
        let task = Task { await source.failure(endless) }
        // The only connection is taken once another statement waits for it in vain.
        while await source.failure("SELECT 1", within: .milliseconds(50)) == nil {}
        let clock = SuspendingClock()
        let began = clock.now
        task.cancel()
        #expect(await task.value == .cancelled)
        #expect(began.duration(to: clock.now) < .seconds(60))
        #expect(try await source.json("SELECT 1") == "[[1]]")
    }

    @Test func `a task that is cancelled already runs nothing`() async throws {
        let source = try SampleDatabase().source()
        let failure = await withTaskGroup(of: SourceError?.self) { group in
            group.cancelAll()
            group.addTask { await source.failure("SELECT 1") }
            return await group.next().flatMap { $0 }
        }
        #expect(failure == .cancelled)
    }

    @Test func `a file another program writes to is unavailable after the wait`() async throws {
        let database = try SampleDatabase("CREATE TABLE jobs (id INTEGER)")
        let source = try database.source(readers: 1)
        let lock = try ExclusiveLock(database.path)
        guard case .unavailable = await source.failure("SELECT * FROM jobs") else {
            Issue.record("the statement did not meet the lock")
            return
        }
        try lock.release()
        #expect(try await source.json("SELECT * FROM jobs") == "[]")
    }

    @Test func `waiting for another program's lock ends at the deadline`() async throws {
        let database = try SampleDatabase("CREATE TABLE jobs (id INTEGER)")
        let source = try database.source(readers: 1, busyTimeout: .seconds(60))
        let lock = try ExclusiveLock(database.path)
        await #expect(throws: SourceError.timeout) {
            try await source.rows("SELECT * FROM jobs", within: .milliseconds(50))
        }
        try lock.release()
    }
}
