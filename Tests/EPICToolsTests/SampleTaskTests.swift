import JSON
import PluginKit
import PluginTesting
import SampleData
import Testing

/// The statements about tasks and queues on the real driver, with the sample's awkward rows.
@Suite struct SampleTaskTests {
    private let site: SampleSite

    init() throws {
        site = try SampleSite.shared.get()
    }

    private func tasks(_ arguments: JSONValue) async throws -> JSONValue {
        try await call("panda_list_tasks", arguments, on: site)
    }

    @Test func `counts the jobs and files of a task`() async throws {
        let answer = try await tasks(["taskid": .integer(EdgeCases.taskOfEdgeCases)])
        let counts = try #require(answer.items.first?["counts"])
        #expect(counts["nactive"] == 1)
        #expect(counts["nrunning"] == 1)
        #expect(counts["nfinished"] == 1)
        #expect(counts["nfailed"] == 12)
        #expect(counts["nretries"] == 0)
        #expect(counts["nfilesfinished"] == 2)
        #expect(counts["nfinalfailed"] == 12)
        #expect(counts["computed_failurerate"] == 0.9231)
        #expect(counts["computed_finalfailurerate"] == 0.8571)
        #expect(counts["computed_progress"] == 93)
        #expect(
            answer["monitor_urls"]?.array?.first?["url"]
                == .string("https://panda.example.org/task/\(EdgeCases.taskOfEdgeCases)/")
        )
    }

    @Test func `agrees with a count of its own for every task of a page`() async throws {
        let rows = try await site.rows(
            """
            SELECT jeditaskid, SUM(CASE WHEN attemptnr > 1 THEN 1 ELSE 0 END) AS retries, COUNT(*) AS n \
            FROM doma_panda.jobsarchived4 WHERE jobstatus = 'finished' AND pandaid <> \(EdgeCases.jobInBothTables) \
            GROUP BY jeditaskid
            """
        )
        let expected = Dictionary(rows.map { ($0.integer("jeditaskid"), $0.integer("n")) }) { first, _ in first }
        let page = try await tasks(["days": 400, "limit": 500])
        #expect(page.items.count > 20)
        for item in page.items {
            let id = item["jeditaskid"]?.integer
            #expect(item["counts"]?["nfinished"]?.integer == expected[id] ?? 0)
        }
    }

    @Test func `leaves out a forgotten task unless its id is asked for`() async throws {
        let listed = try await tasks(["days": 400, "limit": 500])
        #expect(!listed.integers("jeditaskid").contains(EdgeCases.staleTask))
        let asked = try await tasks(["taskid": .integer(EdgeCases.staleTask)])
        #expect(asked.integers("jeditaskid") == [EdgeCases.staleTask])
        #expect(asked.items.first?["status"] == "running")
    }

    @Test(arguments: [EdgeCases.nameWithWildcards, "eff_100%", "EFF_100%_scan", "%eff_100%"])
    func `takes an underscore in a name for an underscore`(name: String) async throws {
        let found = try await tasks(["taskname": .string(name)]).integers("jeditaskid")
        #expect(!found.contains(EdgeCases.taskMatchingOnlyAsWildcard))
    }

    @Test func `finds a part of a name`() async throws {
        #expect(
            try await tasks(["taskname": "afischer.eff"]).integers("jeditaskid")
                == [EdgeCases.taskMatchingOnlyAsWildcard, EdgeCases.taskWithWildcardsInName]
        )
        #expect(
            try await tasks(["taskname": .string(EdgeCases.nameWithWildcards)]).integers("jeditaskid")
                == [EdgeCases.taskWithWildcardsInName]
        )
    }

    @Test func `finds tasks without a kind, and clients of all versions`() async throws {
        #expect(
            try await tasks(["processingtype": "__blank__"]).integers("jeditaskid")
                == [EdgeCases.taskWithEmptyProcessingType, EdgeCases.taskWithoutProcessingType]
        )
        let activity = try await call("panda_get_activity", ["days": 30], on: site)
        let types = activity["tasks"]?["by_type"]?.array ?? []
        #expect(types.first { $0["type"] == "__blank__" }?["count"] == 2)
        let clients = try #require(types.first { $0["type"] == "panda-client-jedi-run" })
        let filter = try #require(clients["filter_value"])
        let found = try await tasks(["days": 30, "processingtype": filter])
        #expect(found["total_count"] == clients["count"])
        #expect(Set(found.texts("processing_type")).count >= 2)
    }

    @Test func `agrees with itself about the tasks of a window`() async throws {
        let page = try await tasks(["days": 30])
        let activity = try await call("panda_get_activity", ["days": 30], on: site)
        #expect(activity["tasks"]?["total"] == page["total_count"])
        #expect(activity["tasks"]?["by_status"] == page["summary"])
        let mine = try await call(
            "panda_get_activity",
            ["days": 30, "username": "Ada%", "site": "BNL%", "workinggroup": "EIC"],
            on: site
        )
        #expect(mine["tasks"]?["by_user"]?.array?.compactMap { $0["name"] } == ["Ada Fischer"])
        #expect(mine["jobs"]?["by_site"]?.array?.allSatisfy { $0["name"]?.string?.hasPrefix("BNL") == true } == true)
        #expect(mine["filters_applied"] == ["username": "Ada%", "site": "BNL%", "workinggroup": "EIC"])
    }

    @Test func `pages through everything once, newest first`() async throws {
        let all = try await tasks(["days": 400, "limit": 500]).integers("jeditaskid")
        var seen: [Int] = []
        var arguments: JSONValue = ["days": 400, "limit": 20]
        for _ in 0..<20 {
            let page = try await tasks(arguments)
            #expect(page["total_count"] == .integer(all.count))
            seen += page.integers("jeditaskid")
            guard let cursor = page["next_cursor"] else { break }
            arguments = ["limit": 20, "cursor": cursor]
        }
        #expect(seen == all)
        #expect(seen == seen.sorted(by: >))
    }

    @Test func `lists the queues with what their records say`() async throws {
        let answer = try await call("panda_list_queues", ["vo": "eic", "status": "online"], on: site)
        #expect(answer.texts("name").contains("E1_BNL"))
        #expect(answer.texts("name") == answer.texts("name").sorted())
        let queue = try #require(answer.items.first { $0["name"] == "BNL_PanDA_1" })
        #expect(queue["core_power"] == 13.8)
        #expect(queue["max_workdir_megabytes"] == 30000)
        #expect(queue["state"] == "ACTIVE")
        #expect(queue["updated"] == .string(SampleSite.now.adding(seconds: -420).description))
        let found = try await call("panda_list_queues", ["search": "perlmutter"], on: site)
        #expect(found["total_count"] == 3)
    }
}
