import JSON
import PanDAKit

/// Statements about one job and what belongs to it.
enum JobStudyStatements {
    /// The job in one of the two tables; in the archive the newest, should it have been written twice.
    static func job(_ pandaid: Int, isActive: Bool) -> Statement {
        Statement(
            """
            SELECT \(columns) FROM doma_panda.\(isActive ? "jobsactive4" : "jobsarchived4") j \
            WHERE j.pandaid = $1 ORDER BY j.modificationtime DESC LIMIT 1
            """,
            [.integer(pandaid)]
        )
    }

    /// The job's files by type and in the order they were recorded: names every database would order differently.
    static func files(of pandaid: Int) -> Statement {
        Statement(
            """
            SELECT f.lfn, f.type, f.scope, f.status, f.fsize, f.dataset FROM doma_panda.filestable4 f \
            WHERE f.pandaid = $1 ORDER BY COALESCE(f.type, ''), f.row_id
            """,
            [.integer(pandaid)]
        )
    }

    /// The workers that carried the job, the last one first.
    static func workers(of pandaid: Int) -> Statement {
        Statement(
            """
            SELECT w.harvesterid, w.workerid, w.status, w.computingelement, w.diagmessage, w.stdout, w.stderr, \
            w.batchlog FROM doma_panda.harvester_rel_jobs_workers r JOIN doma_panda.harvester_workers w \
            ON w.harvesterid = r.harvesterid AND w.workerid = r.workerid \
            WHERE r.pandaid = $1 ORDER BY w.lastupdate DESC, w.workerid DESC
            """,
            [.integer(pandaid)]
        )
    }

    static func task(_ jeditaskid: Int) -> Statement {
        Statement(
            "SELECT t.taskname, t.status FROM doma_panda.jedi_tasks t WHERE t.jeditaskid = $1",
            [.integer(jeditaskid)]
        )
    }

    /// The jobs of a task that were made from one of these, and these themselves: by the task, which has an index.
    static func attempts(ofTask jeditaskid: Int, parents: [Int], limit: Int) -> Statement {
        var conditions = Conditions()
        conditions.equal("j.jeditaskid", .integer(jeditaskid))
        let places = parents.map { "CAST(\(conditions.bind(.integer($0))) AS bigint)" }.joined(separator: ", ")
        conditions.add("(j.parentid IN (\(places)) OR j.pandaid IN (\(places)))")
        return JobStatements.newest("pandaid, jobstatus, attemptnr, computingsite", where: conditions, limit: limit)
    }

    private static let columns =
        ([
            "pandaid", "jobstatus", "jeditaskid", "computingsite", "produsername", "attemptnr", "maxattempt",
            "creationtime", "starttime", "endtime", "modificationtime", "pilotid", "corecount", "actualcorecount",
            "maxrss", "maxpss", "minramcount", "minramunit", "cpuconsumptiontime", "nevents", "inputfilebytes",
            "outputfilebytes", "parentid",
        ] + ErrorComponent.allCases.flatMap { [$0.codeColumn] + ($0.diagnosisColumn.map { [$0] } ?? []) })
        .joined(separator: ", ")
}
