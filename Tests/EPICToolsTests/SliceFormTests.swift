import EPICTools
import JSON
import PluginKit
import PluginTesting
import Testing

/// The table of slices has two forms; the tools find out which.
@Suite struct SliceFormTests {
    private func host(columns: [String], _ slices: SourcesInMemory.Table) -> SourcesInMemory {
        SourcesInMemory(query: { query throws(ToolError) in
            if query.sql.contains("SELECT *") { return .init(columns, []) }
            return query.sql.contains("COUNT(*)") ? .init(["name", "n"], [["queued", 1]]) : slices
        })
    }

    private static let slice = SourcesInMemory.Table(
        ["slice_id", "tf_filename", "stf_filename", "id", "place_time", "place_key"],
        [[3, "a.tf", "a.stf", 9, "2026-11-21T04:00:00Z", 9]]
    )

    @Test func `reads the names from the files where the table points to them`() async throws {
        let host = host(columns: ["id", "slice_id", "fastmon_file_id"], Self.slice)
        let answer = try await call("swf_list_tf_slices", ["tf_filename": "a.tf"], on: host)
        #expect(answer.texts("tf_filename") == ["a.tf"])
        let page = try #require(host.queries.last?.sql)
        #expect(page.contains("f.tf_filename = $1") && page.contains("JOIN swf_fastmon_files f"))
        #expect(page.contains("t.fastmon_file_id AS fastmon_file_id"))
    }

    @Test func `reads the names from the table where it holds them`() async throws {
        let host = host(columns: ["id", "slice_id", "stf_filename", "tf_filename"], Self.slice)
        let answer = try await call("swf_list_tf_slices", ["stf_filename": "a.stf", "tf_filename": "a.tf"], on: host)
        #expect(answer.texts("stf_filename") == ["a.stf"])
        let page = try #require(host.queries.last?.sql)
        #expect(page.contains("t.stf_filename = $1") && page.contains("t.tf_filename = $2"))
        #expect(!page.contains("JOIN") && page.contains("NULL AS fastmon_file_id"))
        _ = try await call("swf_get_tf_slice", ["tf_filename": "a.tf", "slice_id": 3], on: host)
        #expect(host.queries.last?.sql.contains("t.tf_filename = $1") == true)
    }

    @Test func `says that slices without links cannot be asked for by one`() async {
        let host = host(columns: ["id", "slice_id", "stf_filename", "tf_filename"], Self.slice)
        let error = ToolError(
            .invalidArgument,
            "fastmon_file_id: this testbed's slices name their files; use tf_filename."
        )
        await #expect(throws: CallHarness.Failure.tool(error)) {
            try await call(
                "swf_list_tf_slices",
                ["fastmon_file_id": "0e0e0e0e-0000-4000-8000-000000000001"],
                on: host
            )
        }
    }
}
