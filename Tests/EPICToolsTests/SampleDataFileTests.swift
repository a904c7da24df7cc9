import JSON
import PluginKit
import PluginTesting
import SampleData
import Testing

/// The statements about runs, files and slices on the real driver.
@Suite struct SampleDataFileTests {
    private let site: SampleSite

    init() throws {
        site = try SampleSite.shared.get()
    }

    private let run: JSONValue = 100_070

    @Test func `lists the runs of a week with their files`() async throws {
        let answer = try await call("swf_list_runs", on: site)
        let numbers = answer.integers("run_number")
        #expect(numbers == numbers.sorted(by: >))
        #expect(numbers.first == 100_070)
        #expect(answer.items.first?["stf_file_count"] == 40)
        #expect(answer.items.first?["end_time"] == nil)
        #expect(answer["summary"]?["open"]?.integer ?? 0 >= 1)
        let all = try await call("swf_list_runs", ["start_time": "2026-01-01", "limit": 500], on: site)
        #expect(all["total_count"] == 61)
        #expect(numbers.count < 61)
    }

    @Test func `tells a run with its files by state, those without any too`() async throws {
        let open = try await call("swf_get_run", ["run_number": run], on: site)
        #expect(open["duration_seconds"] == nil)
        #expect(open["total_stf_files"] == 40)
        let stats = try #require(open["file_stats"]?.object)
        #expect(stats.members.map(\.name) == ["registered", "processing", "processed", "failed", "done"])
        #expect(stats.members.compactMap(\.value.integer).reduce(0, +) == 40)
        let ended = try await call("swf_get_run", ["run_number": 100_069], on: site)
        #expect(ended["duration_seconds"]?.integer ?? 0 > 1000)
        #expect(ended["run_conditions"]?["beam"] == "ep 10x100")
    }

    @Test func `lists the files of a run whenever it was, and of a day without one`() async throws {
        let old = try await call("swf_list_stf_files", ["run_number": 100_020], on: site)
        #expect(old["total_count"] == 12 && old["window"] == nil)
        let day = try await call("swf_list_stf_files", on: site)
        #expect(day["window"]?["defaulted"] == true)
        let rows = try await site.rows(
            "SELECT COUNT(*) AS n FROM swf_stf_files WHERE created_at >= '2026-11-20 05:00:00.000000+00:00'"
        )
        #expect(day["total_count"]?.integer == rows.first?.integer("n"))
        #expect(day.items.count == 100 && day["has_more"] == true)
        let physics = try await call(
            "swf_list_stf_files",
            ["run_number": run, "machine_state": "Physics"],
            on: site
        )
        #expect(physics["total_count"] == 2)
        #expect(physics.items.allSatisfy { $0["tf_file_count"] == 1 })
    }

    @Test func `finds a file by its id as by its name`() async throws {
        let name = try await call("swf_get_stf_file", ["stf_filename": "swf.100070.000001.stf"], on: site)
        let id = try #require(name["file_id"])
        #expect(try await call("swf_get_stf_file", ["file_id": id], on: site) == name)
        let upper = JSONValue.string(id.string?.uppercased() ?? "")
        #expect(try await call("swf_get_stf_file", ["file_id": upper], on: site) == name)
        #expect(name["metadata"] == ["execution_id": .string(EdgeCases.runningExecution), "sequence": 1])
        #expect(name["tf_count"] == 1000)
    }

    @Test func `pages through the slices of a run once`() async throws {
        var arguments = JSONObject()
        arguments["run_number"] = run
        arguments["limit"] = 70
        var seen: [Int] = []
        for _ in 0..<20 {
            let page = try await call("swf_list_tf_slices", .object(arguments), on: site)
            #expect(page["total_count"] == 600)
            seen += page.integers("id")
            guard let cursor = page["next_cursor"] else { break }
            arguments["cursor"] = cursor
        }
        #expect(seen.count == 600 && Set(seen).count == 600)
    }

    @Test func `finds slices by every name of theirs`() async throws {
        let file = "swf.100070.000001_tf_001.tf"
        let slices = try await call("swf_list_tf_slices", ["tf_filename": .string(file)], on: site)
        #expect(slices.integers("slice_id").sorted() == Array(0...14))
        let link = try #require(slices.items.first?["fastmon_file_id"])
        for filter: JSONValue in [
            ["fastmon_file_id": link], ["stf_filename": "swf.100070.000001.stf"],
        ] {
            #expect(try await call("swf_list_tf_slices", filter, on: site).items == slices.items)
        }
        let id = try #require(slices.items.first?["id"])
        #expect(try await call("swf_list_tf_slices", ["id": id], on: site).items == [slices.items[0]])
        let one = try await call(
            "swf_get_tf_slice",
            ["tf_filename": .string(file), "slice_id": slices.items[0]["slice_id"] ?? .null],
            on: site
        )
        #expect(one["tf_first"] == slices.items[0]["tf_first"])
        #expect(one["retries"] != nil && one["stf_filename"] == "swf.100070.000001.stf")
    }
}
