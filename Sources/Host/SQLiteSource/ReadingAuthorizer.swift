internal import GRDBSQLite

/// Lets a statement read, and nothing else (https://www.sqlite.org/c3ref/set_authorizer.html).
enum ReadingAuthorizer {
    /// Installs the rules for the rest of the connection's life.
    static func install(on connection: OpaquePointer) {
        unsafe sqlite3_set_authorizer(
            connection,
            { _, action, first, second, _, _ in
                unsafe ReadingAuthorizer.allows(action, first, second) ? SQLITE_OK : SQLITE_DENY
            },
            nil
        )
    }

    private static func allows(
        _ action: Int32,
        _ first: UnsafePointer<CChar>?,
        _ second: UnsafePointer<CChar>?
    ) -> Bool {
        switch action {
        case SQLITE_SELECT, SQLITE_READ, SQLITE_RECURSIVE: return true
        case SQLITE_FUNCTION:
            guard let name = unsafe second else { return false }
            return unsafe functions.contains(String(cString: name).lowercased())
        case SQLITE_PRAGMA:
            // Full-text tables ask for it themselves to notice changes.
            guard let name = unsafe first, unsafe second == nil else { return false }
            return unsafe String(cString: name).lowercased() == "data_version"
        case SQLITE_UPDATE:
            // Asked when a virtual table such as json_each or a full-text table describes its columns to SQLite, which
            // writes nothing. A real UPDATE of this table SQLite refuses itself, as it does every write here.
            guard let table = unsafe first else { return false }
            return unsafe String(cString: table) == "sqlite_master"
        default: return false
        }
    }

    /// The functions a statement may call: those that compute, none that reach outside the database.
    private static let functions: Set<String> = {
        let scalar = """
            abs changes char coalesce concat concat_ws format glob hex ifnull iif instr length like likelihood likely \
            lower ltrim max min nullif octet_length printf quote random replace round rtrim sign soundex substr \
            substring trim typeof unhex unicode unlikely upper zeroblob
            """
        let aggregate = "avg count group_concat string_agg sum total median percentile percentile_cont percentile_disc"
        let window = """
            row_number rank dense_rank percent_rank cume_dist ntile lag lead first_value last_value nth_value
            """
        let time =
            "date time datetime julianday unixepoch strftime timediff current_date current_time current_timestamp"
        let mathematics = """
            acos acosh asin asinh atan atan2 atanh ceil ceiling cos cosh degrees exp floor ln log log10 log2 mod pi \
            pow power radians sin sinh sqrt tan tanh trunc
            """
        let json = """
            json json_array json_array_length json_error_position json_extract json_insert json_object json_patch \
            json_pretty json_quote json_remove json_replace json_set json_type json_valid json_group_array \
            json_group_object jsonb jsonb_extract -> ->>
            """
        let text = "match bm25 highlight snippet matchinfo offsets"
        let lists = [scalar, aggregate, window, time, mathematics, json, text]
        return Set(lists.flatMap { $0.split(separator: " ").map(String.init) })
    }()
}
