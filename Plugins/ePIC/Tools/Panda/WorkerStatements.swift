import JSON
import PanDAKit
import PluginKit

/// Statements about the workers of the pilot submitter.
enum WorkerStatements {
    static let dimensions = ["computingsite", "status", "jobtype", "resourcetype"]

    /// How many workers there are of each site, state, kind of job and resource, as last told in a window.
    static func counts(_ query: WorkerQuery) -> Statement {
        var conditions = Conditions()
        conditions.add("w.lastupdate >= \(conditions.bind(.string(query.window.start.sqlText)))")
        conditions.add("w.lastupdate < \(conditions.bind(.string(query.window.end.sqlText)))")
        conditions.like("w.computingsite", query.site)
        conditions.like("w.status", query.status)
        conditions.like("w.resourcetype", query.resourceType)
        let columns = dimensions.map { "w.\($0)" }.joined(separator: ", ")
        return Statement(
            """
            SELECT \(columns), SUM(w.n_workers) AS n, MAX(w.lastupdate) AS newest \
            FROM doma_panda.harvester_worker_stats w WHERE \(conditions.text) GROUP BY \(columns)
            """,
            conditions.parameters
        )
    }
}
