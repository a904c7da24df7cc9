import JSON
import PanDAKit
import PluginKit

/// Statements about tasks.
enum TaskStatements {
    /// What a window means for tasks: when they last changed; forgotten ones are left out.
    static func conditions(in window: Window, now: Timestamp, includesForgotten: Bool = false) -> Conditions {
        var conditions = Conditions()
        let (start, end) = (
            conditions.bind(.string(window.start.sqlText)), conditions.bind(.string(window.end.sqlText))
        )
        func within(_ column: String) -> String { "\(column) >= \(start) AND \(column) < \(end)" }
        // Two conditions an index answers, where COALESCE would be one that none does.
        conditions.add(
            "((\(within("t.modificationtime"))) OR (t.modificationtime IS NULL AND \(within("t.creationdate"))))"
        )
        guard !includesForgotten else { return conditions }
        let limit = conditions.bind(.string(ForgottenTask.limit(now: now).sqlText))
        let states = ForgottenTask.finalStates.map { conditions.bind(.string($0)) }
        conditions.add("(t.creationdate >= \(limit) OR t.status IN (\(states.joined(separator: ", "))))")
        return conditions
    }

    static func conditions(of query: TaskQuery, now: Timestamp) -> Conditions {
        var conditions = conditions(
            in: query.question.window,
            now: now,
            includesForgotten: query.taskID != nil
        )
        conditions.like("t.status", query.status)
        conditions.like("t.username", query.username)
        conditions.like("t.workinggroup", query.workingGroup)
        conditions.containing("t.taskname", query.taskName)
        if query.processingType == ProcessingType.blank {
            conditions.add("(t.processingtype IS NULL OR t.processingtype = '')")
        } else {
            conditions.like("t.processingtype", query.processingType)
        }
        conditions.equal("t.jeditaskid", query.taskID.map(JSONValue.integer))
        conditions.equal("t.reqid", query.requestID.map(JSONValue.integer))
        return conditions
    }

    static func counts(of columns: String, where conditions: Conditions) -> Statement {
        Statement(
            """
            SELECT \(columns), COUNT(*) AS n FROM doma_panda.jedi_tasks t WHERE \(conditions.text) \
            GROUP BY \(columns) ORDER BY n DESC
            """,
            conditions.parameters
        )
    }

    /// One page, one row more than asked for, to know whether there are more.
    static func page(of query: TaskQuery, now: Timestamp) -> Statement {
        var conditions = conditions(of: query, now: now)
        if let id = query.question.beforeID {
            conditions.add("t.jeditaskid < \(conditions.bind(.integer(id)))")
        }
        let text = "SELECT \(columns) FROM doma_panda.jedi_tasks t WHERE \(conditions.text)"
        let limit = conditions.bind(.integer(query.limit + 1))
        return Statement("\(text) ORDER BY t.jeditaskid DESC LIMIT \(limit)", conditions.parameters)
    }

    private static let columns = """
        t.jeditaskid, t.taskname, t.status, t.username, t.workinggroup, t.processingtype, t.reqid, t.site, \
        t.creationdate, t.starttime, t.endtime, t.modificationtime, t.corecount, t.currentpriority, t.attemptnr, \
        t.progress, t.failurerate, t.errordialog
        """

    /// The jobs of some tasks, counted by task and state.
    static func jobs(of tasks: [Int]) -> Statement {
        var conditions = Conditions()
        conditions.oneOf("j.jeditaskid", tasks.map(JSONValue.integer))
        let jobs = JobStatements.union("jeditaskid, jobstatus, attemptnr, maxattempt", where: conditions.text)
        return Statement(
            """
            SELECT jeditaskid, jobstatus, COUNT(*) AS n, SUM(CASE WHEN attemptnr > 1 THEN 1 ELSE 0 END) AS retries, \
            SUM(CASE WHEN attemptnr > 1 THEN attemptnr - 1 ELSE 0 END) AS earlier, MAX(maxattempt) AS maxattempt \
            FROM (\(jobs)) found GROUP BY jeditaskid, jobstatus
            """,
            conditions.parameters
        )
    }

    /// The files of some tasks' master inputs: those that failed there failed for good.
    static func files(of tasks: [Int]) -> Statement {
        var conditions = Conditions()
        conditions.oneOf("d.jeditaskid", tasks.map(JSONValue.integer))
        return Statement(
            """
            SELECT d.jeditaskid, SUM(d.nfilesfinished) AS finished, SUM(d.nfilesfailed) AS failed \
            FROM doma_panda.jedi_datasets d WHERE \(conditions.text) AND d.masterid IS NULL \
            AND d.type IN ('input', 'pseudo_input') GROUP BY d.jeditaskid
            """,
            conditions.parameters
        )
    }
}
