import JSON
import PluginKit

/// What is read of the super time frame files (STF).
enum FileTables {
    static let states = ["registered", "processing", "processed", "failed", "done"]

    private static let named = RecordShape(
        .text("file_id", "s.file_id", "A UUID.").required,
        .text("stf_filename", "s.stf_filename").required,
        .integer("run_number", "r.run_number"),
        .text("status", "s.status"),
        .text("machine_state", "s.machine_state"),
        .integer("file_size_bytes", "s.file_size_bytes"),
        .time("created_at", "s.created_at")
    )

    static let item = named.adding(
        .integer(
            "tf_file_count",
            "(SELECT COUNT(*) FROM swf_fastmon_files f WHERE f.stf_file_id = s.file_id)",
            "Files of fast monitoring made from it."
        )
    )

    static let file = named.adding(
        .text("checksum", "s.checksum"),
        .integer("tf_count", "s.tf_count", "Time frames in it."),
        .text("workflow_id", "s.workflow_id"),
        .text("daq_state", "s.daq_state"),
        .text("daq_substate", "s.daq_substate"),
        .text("workflow_status", "s.workflow_status"),
        .document("metadata", "s.metadata", "What the agents attached.")
    )

    private static let tables = "swf_stf_files s LEFT JOIN swf_runs r ON r.run_id = s.run_id"

    static let list = TimedTable(
        tables: tables,
        time: "s.created_at",
        key: .uuid("s.file_id"),
        group: "s.status",
        shape: item
    )

    static func file(_ column: String, _ value: String) -> Statement {
        Statement("SELECT \(file.selection) FROM \(tables) WHERE s.\(column) = $1", [.string(value)])
    }
}
