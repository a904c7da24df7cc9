import JSON
import PanDAKit
import PluginKit

/// Statements about jobs that failed, were cancelled or closed.
enum FailureStatements {
    static func conditions(of query: FailureQuery) -> Conditions {
        var conditions = JobStatements.conditions(in: query.question.window)
        conditions.oneOf("j.jobstatus", FailureQuery.states.map(JSONValue.string))
        conditions.like("j.produsername", query.username)
        conditions.like("j.computingsite", query.site)
        conditions.equal("j.jeditaskid", query.taskID.map(JSONValue.integer))
        conditions.equal("j.reqid", query.requestID.map(JSONValue.integer))
        if let component = query.component { conditions.add(hasError(of: component)) }
        conditions.like("f.destinationse", query.destination) { condition in
            "EXISTS (SELECT 1 FROM doma_panda.filestable4 f WHERE f.pandaid = j.pandaid AND \(condition))"
        }
        return conditions
    }

    /// The component reports an error; the exit code of a transformation is a text.
    static func hasError(of component: ErrorComponent, table: String = "j.") -> String {
        component == .transformation
            ? "\(table)\(component.codeColumn) NOT IN ('', '0')" : "\(table)\(component.codeColumn) <> 0"
    }

    /// How many jobs of one state have the same codes.
    static func combinations(of query: FailureQuery) -> Statement {
        let codes = ErrorComponent.allCases.map(\.codeColumn).joined(separator: ", ")
        return JobStatements.counts(of: "jobstatus, \(codes)", where: conditions(of: query))
    }

    /// One page, one row more than asked for, to know whether there are more.
    static func page(of query: FailureQuery) -> Statement {
        var conditions = conditions(of: query)
        if let id = query.question.beforeID {
            conditions.add("j.pandaid < \(conditions.bind(.integer(id)))")
        }
        return JobStatements.newest(pageColumns, where: conditions, limit: query.limit + 1)
    }

    private static let pageColumns =
        ([
            "pandaid", "jobstatus", "jeditaskid", "reqid", "jobname", "produsername", "computingsite",
            "computingelement", "transformation", "attemptnr", "creationtime", "starttime", "endtime",
            "modificationtime", "maxrss", "commandtopilot",
        ] + ErrorComponent.allCases.flatMap { [$0.codeColumn] + ($0.diagnosisColumn.map { [$0] } ?? []) })
        .joined(separator: ", ")
}
