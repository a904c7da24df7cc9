import JSON
import PanDAKit
import PluginKit

/// Statements about one task.
enum TaskStudyStatements {
    static func task(_ id: Int) -> Statement {
        Statement(
            """
            SELECT t.jeditaskid, t.taskname, t.status, t.superstatus, t.username, t.creationdate, t.starttime, \
            t.endtime, t.modificationtime, t.errordialog, t.tasktype, t.prodsourcelabel, t.processingtype, \
            t.workinggroup, t.campaign, t.gshare, t.nucleus, t.taskpriority, t.currentpriority, t.corecount, \
            t.ramcount, t.ramunit, t.attemptnr, t.parent_tid, t.reqid FROM doma_panda.jedi_tasks t \
            WHERE t.jeditaskid = $1
            """,
            [.integer(id)]
        )
    }

    static func datasets(of id: Int) -> Statement {
        Statement(
            """
            SELECT d.datasetid, d.datasetname, d.type, d.status, d.nfiles, d.nfilesfinished, d.nfilesfailed, \
            d.nfilesmissing, d.nevents, d.neventsused, d.masterid FROM doma_panda.jedi_datasets d \
            WHERE d.jeditaskid = $1 ORDER BY d.datasetid
            """,
            [.integer(id)]
        )
    }

    static func jobs(of id: Int) -> Statement {
        grouped("jobstatus, computingsite", "jobstatus, computingsite", of: id)
    }

    /// The jobs that did not succeed, counted by all their codes.
    static func errors(of id: Int) -> Statement {
        let codes = ErrorComponent.allCases.map(\.codeColumn).joined(separator: ", ")
        return grouped(codes, codes + ", pandaid", "jobstatus IN ('failed', 'cancelled', 'closed')", of: id)
    }

    private static func grouped(
        _ columns: String,
        _ selected: String,
        _ condition: String? = nil,
        of id: Int
    ) -> Statement {
        var conditions = Conditions()
        conditions.equal("j.jeditaskid", .integer(id))
        if let condition { conditions.add("j.\(condition)") }
        let newest = selected.hasSuffix("pandaid") ? ", MAX(pandaid) AS newest" : ""
        return Statement(
            """
            SELECT \(columns), COUNT(*) AS n\(newest) \
            FROM (\(JobStatements.union(selected, where: conditions.text))) found GROUP BY \(columns)
            """,
            conditions.parameters
        )
    }
}
