import JSON
import PluginKit

/// What is read of the testbed's runs.
enum RunTables {
    static let item = RecordShape(
        .integer("run_number", "r.run_number").required,
        .time("start_time", "r.start_time").required,
        .time("end_time", "r.end_time", "Absent while it goes on."),
        .integer(
            "stf_file_count",
            "(SELECT COUNT(*) FROM swf_stf_files s WHERE s.run_id = r.run_id)",
            "Its super time frame files."
        )
    )

    static let list = TimedTable(
        tables: "swf_runs r",
        time: "r.start_time",
        key: .number("r.run_number"),
        group: "CASE WHEN r.end_time IS NULL THEN 'open' ELSE 'ended' END",
        shape: item
    )

    static let run = item.without("stf_file_count").adding(
        .document("run_conditions", "r.run_conditions", "What the run was taken under.")
    )

    static func run(_ number: Int) -> Statement {
        Statement(
            "SELECT \(run.selection) FROM swf_runs r WHERE r.run_number = CAST($1 AS bigint)",
            [.integer(number)]
        )
    }

    static func files(ofRun number: Int) -> Statement {
        Statement(
            """
            SELECT s.status AS name, COUNT(*) AS n FROM swf_stf_files s JOIN swf_runs r ON r.run_id = s.run_id \
            WHERE r.run_number = CAST($1 AS bigint) GROUP BY s.status
            """,
            [.integer(number)]
        )
    }
}
