import JSON
import PluginKit
import PluginTesting
import SampleData
import Testing

/// The statements about failures, usage and queues on the real driver.
@Suite struct SampleFailureTests {
    private let site: SampleSite

    init() throws {
        site = try SampleSite.shared.get()
    }

    private let edgeTask: JSONValue = .integer(EdgeCases.taskOfEdgeCases)

    private static let everyFailure = """
        SELECT pandaid, piloterrorcode FROM doma_panda.jobsarchived4 WHERE modificationtime >= \
        '2026-11-14 05:00:00' AND modificationtime < '2026-11-21 05:00:00' \
        AND jobstatus IN ('failed', 'cancelled', 'closed') \
        UNION SELECT pandaid, piloterrorcode FROM doma_panda.jobsactive4 WHERE modificationtime >= \
        '2026-11-14 05:00:00' AND modificationtime < '2026-11-21 05:00:00' \
        AND jobstatus IN ('failed', 'cancelled', 'closed')
        """

    @Test func `diagnoses every failed job, page by page`() async throws {
        let expected = Set(try await site.rows(Self.everyFailure).compactMap { $0.integer("pandaid") })
        #expect(expected.count > 20)
        var arguments: JSONValue = ["limit": 20]
        var found: [Int] = []
        while true {
            let page = try await call("panda_diagnose_jobs", arguments, on: site)
            #expect(page["total_count"] == .integer(expected.count))
            found += page.integers("pandaid")
            guard let cursor = page["next_cursor"], found.count <= expected.count else { break }
            arguments = ["limit": 20, "cursor": cursor]
        }
        #expect(found == expected.sorted(by: >))
    }

    @Test func `lists the jobs with an error of one component`() async throws {
        let pilot = try await call(
            "panda_diagnose_jobs",
            ["error_component": "transformation", "taskid": edgeTask],
            on: site
        )
        #expect(pilot.integers("pandaid") == [EdgeCases.jobWithSeveralErrors])
        let item = try #require(pilot.items.first)
        #expect(item["primary_error"]?["code"] == 1099)
        #expect(pilot["summary"]?["by_error"]?.array?.count == 4)
    }

    @Test func `sums up as many errors as there are`() async throws {
        let rows = try await site.rows(
            "SELECT COUNT(*) AS n FROM (\(Self.everyFailure)) f WHERE piloterrorcode <> 0"
        )
        let expected = try #require(rows.first?.integer("n"))
        let answer = try await call(
            "panda_error_summary",
            ["days": 7, "error_source": "pilot", "limit": 200],
            on: site
        )
        #expect(
            answer["summary"] == [
                "errors": .integer(expected), "by_component": ["pilot": .integer(expected)], "is_complete": true,
            ]
        )
        #expect(answer.integers("jobs").reduce(0, +) == expected)
        #expect(answer["total_count"]?.integer ?? .max < expected)
        let all = try await call("panda_error_summary", ["taskid": edgeTask], on: site)
        #expect(all.texts("component").contains("transformation"))
    }

    @Test func `counts the same hours as the database does`() async throws {
        let rows = try await site.rows(
            """
            SELECT COUNT(*) AS n, SUM(wall) / 3600.0 AS wall, SUM(wall * cores) / 3600.0 AS allocated, \
            SUM(used) / 3600.0 AS used FROM (SELECT CAST(strftime('%s', endtime) AS INTEGER) - \
            CAST(strftime('%s', starttime) AS INTEGER) AS wall, COALESCE(NULLIF(actualcorecount, 0), \
            NULLIF(corecount, 0), 1) AS cores, cpuconsumptiontime AS used FROM doma_panda.jobsarchived4 j \
            WHERE jobstatus = 'finished' AND endtime >= '2026-10-22 05:00:00' AND endtime < '2026-11-21 05:00:00' \
            AND starttime > '1970-01-02' AND endtime >= starttime \
            AND pandaid NOT IN (SELECT pandaid FROM doma_panda.jobsactive4)) found
            """
        )
        let expected = try #require(rows.first)
        let answer = try await call("panda_resource_usage", on: site)
        #expect((expected.integer("n") ?? 0) > 20)
        #expect(answer["totals"]?["jobs"]?.integer == expected.integer("n"))
        for (name, column) in [
            ("wall_hours", "wall"), ("allocated_core_hours", "allocated"), ("used_core_hours", "used"),
        ] {
            let told = try #require(answer["totals"]?[name]?.double)
            #expect(abs(told - (try #require(expected.number(column)))) <= 0.01)
        }
        let days = answer["buckets"]?.array ?? []
        #expect(days.compactMap { $0["jobs"]?.integer }.reduce(0, +) == expected.integer("n"))
        let weeks = try await call("panda_resource_usage", ["bucket": "week"], on: site)["buckets"]?.array ?? []
        #expect(weeks.count < days.count)
    }

    @Test func `tells one queue's record by its exact name`() async throws {
        let listed = try await call("panda_list_queues", ["limit": 1], on: site)
        let name = try #require(listed.texts("name").first)
        let answer = try await call("panda_get_queue", ["panda_queue": .string(name)], on: site)
        #expect(answer["queue"] == listed.items.first)
        #expect(answer["settings"]?["status"] == answer["queue"]?["status"])
        await #expect(throws: CallHarness.Failure.self) {
            try await call("panda_get_queue", ["panda_queue": .string(name + "%")], on: site)
        }
    }
}
