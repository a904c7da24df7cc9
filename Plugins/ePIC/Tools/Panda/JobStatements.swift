import JSON
import PanDAKit
import PluginKit

/// Statements about jobs, which stand in one table while they are active and in another afterwards.
enum JobStatements {
    /// Jobs of both tables under the alias `j`; while a job is moved it is in both, and the active one counts.
    static func union(_ columns: String, where conditions: String) -> String {
        "\(active(columns, conditions)) UNION ALL \(archived(columns, conditions))"
    }

    private static func active(_ columns: String, _ conditions: String) -> String {
        "SELECT \(columns) FROM doma_panda.jobsactive4 j WHERE \(conditions)"
    }

    private static func archived(_ columns: String, _ conditions: String) -> String {
        """
        SELECT \(columns) FROM doma_panda.jobsarchived4 j WHERE \(conditions) \
        AND NOT EXISTS (SELECT 1 FROM doma_panda.jobsactive4 a WHERE a.pandaid = j.pandaid)
        """
    }

    /// The jobs with the highest numbers of those that fit.
    ///
    /// Each table gives its own first, for which it need not be read whole.
    static func newest(_ columns: String, where conditions: Conditions, limit: Int) -> Statement {
        var conditions = conditions
        let text = conditions.text
        let end = "ORDER BY pandaid DESC LIMIT \(conditions.bind(.integer(limit)))"
        return Statement(
            """
            SELECT * FROM (\(active(columns, text)) \(end)) active UNION ALL \
            SELECT * FROM (\(archived(columns, text)) \(end)) archived \(end)
            """,
            conditions.parameters
        )
    }

    /// Columns of the jobs that fit, grouped by them, with their number as `n`.
    static func counts(of columns: String, where conditions: Conditions) -> Statement {
        Statement(
            """
            SELECT \(columns), COUNT(*) AS n FROM (\(union(columns, where: conditions.text))) found \
            GROUP BY \(columns) ORDER BY n DESC
            """,
            conditions.parameters
        )
    }

    /// What a window means for jobs: when they last changed.
    static func conditions(in window: Window) -> Conditions {
        var conditions = Conditions()
        conditions.add("j.modificationtime >= \(conditions.bind(.string(window.start.sqlText)))")
        conditions.add("j.modificationtime < \(conditions.bind(.string(window.end.sqlText)))")
        return conditions
    }

    static func conditions(of query: JobQuery) -> Conditions {
        var conditions = conditions(in: query.question.window)
        conditions.like("j.jobstatus", query.status)
        conditions.like("j.produsername", query.username)
        conditions.like("j.computingsite", query.site)
        conditions.equal("j.jeditaskid", query.taskID.map(JSONValue.integer))
        conditions.equal("j.reqid", query.requestID.map(JSONValue.integer))
        return conditions
    }

    /// One page, one row more than asked for, to know whether there are more.
    static func page(of query: JobQuery) -> Statement {
        var conditions = conditions(of: query)
        if let id = query.question.beforeID {
            conditions.add("j.pandaid < \(conditions.bind(.integer(id)))")
        }
        return newest(listColumns, where: conditions, limit: query.limit + 1)
    }

    private static let listColumns = """
        pandaid, jeditaskid, reqid, produsername, jobstatus, computingsite, transformation, processingtype, \
        creationtime, starttime, endtime, modificationtime, corecount, nevents, noutputdatafiles, outputfilebytes
        """

    /// Every place where output of jobs goes.
    static func destinations(of jobs: [Int]) -> Statement {
        var conditions = Conditions()
        conditions.oneOf("f.pandaid", jobs.map(JSONValue.integer))
        return Statement(
            """
            SELECT DISTINCT f.pandaid, f.destinationse FROM doma_panda.filestable4 f \
            WHERE \(conditions.text) AND f.destinationse IS NOT NULL
            """,
            conditions.parameters
        )
    }
}
