import JSON
import PluginKit

/// What is read of the slices of time frame files, whose table changed its form.
///
/// Until 2026 it held the names of the files; since then it points to the file of fast monitoring, which points to the
/// STF file.
enum SliceTables: Hashable, Sendable {
    /// The table holds the names.
    case flat
    /// The table points to the files.
    case linked

    /// Tells the columns without information schemas, which SQLite does not have.
    static let probe = Statement("SELECT * FROM swf_tf_slices LIMIT 1")

    /// The form of a table with these columns.
    init(columns: [String]) {
        self = columns.contains("fastmon_file_id") ? .linked : .flat
    }

    private var tables: String {
        switch self {
        case .flat: "swf_tf_slices t"
        case .linked:
            """
            swf_tf_slices t LEFT JOIN swf_fastmon_files f ON f.tf_file_id = t.fastmon_file_id \
            LEFT JOIN swf_stf_files s ON s.file_id = f.stf_file_id
            """
        }
    }

    /// The column with the name of the time frame file.
    var fileColumn: String { self == .flat ? "t.tf_filename" : "f.tf_filename" }
    /// The column with the name of the STF file.
    var sourceColumn: String { self == .flat ? "t.stf_filename" : "s.stf_filename" }
    /// The column with the id of the file of fast monitoring, where there is one.
    var linkColumn: String? { self == .flat ? nil : "t.fastmon_file_id" }

    private var named: RecordShape {
        RecordShape(
            .integer("slice_id", "t.slice_id", "Counted from 0 by most agents.").required,
            .text("tf_filename", fileColumn),
            .text("stf_filename", sourceColumn),
            .integer("run_number", "t.run_number"),
            .integer("tf_first", "t.tf_first", "The first time frame."),
            .integer("tf_last", "t.tf_last"),
            .integer("tf_count", "t.tf_count"),
            .text("status", "t.status"),
            .text("assigned_worker", "t.assigned_worker"),
            .time("created_at", "t.created_at"),
            .time("completed_at", "t.completed_at")
        )
    }

    var item: RecordShape {
        named.adding(
            .integer("id", "t.id").required,
            .text("fastmon_file_id", linkColumn ?? "NULL", "Absent in testbeds whose slices name their files.")
        )
    }

    var slice: RecordShape {
        named.adding(
            .integer("retries", "t.retries"),
            .time("assigned_at", "t.assigned_at"),
            .document("metadata", "t.metadata", "What the agents attached.")
        )
    }

    var list: TimedTable {
        TimedTable(tables: tables, time: "t.created_at", key: .number("t.id"), group: "t.status", shape: item)
    }

    func slice(_ number: Int, of file: String) -> Statement {
        Statement(
            """
            SELECT \(slice.selection) FROM \(tables) WHERE \(fileColumn) = $1 AND t.slice_id = CAST($2 AS bigint) \
            ORDER BY t.id DESC
            """,
            [.string(file), .integer(number)]
        )
    }
}

extension SQLSource {
    /// The form the table of slices has here.
    func slices(in context: CallContext) async throws(ToolError) -> SliceTables {
        SliceTables(columns: try await rows(SliceTables.probe, maximumRows: 1, in: context).columns)
    }
}
