import JSON
import PluginKit
import PostgresClient
import PostgresServer
import PostgresSource
import Testing

/// The table of slices in its older form, on a real PostgreSQL.
@Suite struct FlatSliceTests {
    private static let table = """
        CREATE TABLE swf_tf_slices (id bigint PRIMARY KEY, slice_id integer NOT NULL, tf_first integer NOT NULL, \
        tf_last integer NOT NULL, tf_count integer NOT NULL, tf_filename varchar(255) NOT NULL, \
        stf_filename varchar(255) NOT NULL, run_number integer NOT NULL, status varchar(20) NOT NULL, \
        retries integer NOT NULL, metadata jsonb, created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL, \
        assigned_worker varchar(255), assigned_at timestamptz, completed_at timestamptz); \
        INSERT INTO swf_tf_slices SELECT n, n - 1, n * 10, n * 10 + 9, 10, 'swf.1.000001_tf_001.tf', \
        'swf.1.000001.stf', 1, CASE WHEN n > 2 THEN 'queued' ELSE 'completed' END, 0, NULL, \
        '2026-11-21 04:00:00+00', '2026-11-21 04:00:00+00' FROM generate_series(1, 5) n
        """

    private func site() async throws -> SampleSite {
        let server = try await SharedPostgresServer.server()
        let parameters = PostgresParameters(
            host: "127.0.0.1",
            port: server.port,
            database: try await server.makeDatabase(Self.table),
            user: "postgres",
            encryption: .disable
        )
        return SampleSite(source: PostgresSource(name: "epic", settings: PostgresSettings(server: parameters)))
    }

    @Test func `lists and tells slices that name their files`() async throws {
        let site = try await site()
        let first = try await call("swf_list_tf_slices", ["stf_filename": "swf.1.000001.stf", "limit": 3], on: site)
        #expect(first.integers("slice_id") == [4, 3, 2])
        #expect(first["summary"] == ["queued": 3, "completed": 2])
        #expect(first.items.allSatisfy { $0["fastmon_file_id"] == nil && $0["tf_filename"] != nil })
        let cursor = try #require(first["next_cursor"])
        let second = try await call(
            "swf_list_tf_slices",
            ["stf_filename": "swf.1.000001.stf", "limit": 3, "cursor": cursor],
            on: site
        )
        #expect(second.integers("slice_id") == [1, 0])
        let slice = try await call(
            "swf_get_tf_slice",
            ["tf_filename": "swf.1.000001_tf_001.tf", "slice_id": 0],
            on: site
        )
        #expect(slice["status"] == "completed" && slice["tf_first"] == 10)
    }
}
