import JSON
import PanDAKit
import PluginKit

/// Statements about what finished jobs used.
enum UsageStatements {
    static func conditions(of query: UsageQuery) -> Conditions {
        var conditions = Conditions()
        let start = conditions.bind(.string(query.window.start.sqlText))
        conditions.add("j.endtime >= \(start)")
        // No index holds the end, but nothing changes a job last before it has ended: so older partitions are left out.
        conditions.add("j.modificationtime >= \(start)")
        conditions.add("j.endtime < \(conditions.bind(.string(query.window.end.sqlText)))")
        conditions.add("j.jobstatus = 'finished'")
        // The beginning of 1970 stands for "never".
        conditions.add("j.starttime >= '1970-01-02 00:00:00'")
        conditions.add("j.endtime >= j.starttime")
        conditions.like("j.produsername", query.username)
        conditions.like("j.computingsite", query.site)
        conditions.equal("j.jeditaskid", query.taskID.map(JSONValue.integer))
        conditions.like("j.workinggroup", query.workingGroup)
        return conditions
    }

    /// Usage by site, by user and by the day of the end, told apart by `kind`; the jobs are read once.
    static func sums(_ query: UsageQuery) -> Statement {
        let conditions = conditions(of: query)
        let columns = """
            computingsite, produsername, SUBSTR(CAST(endtime AS text), 1, 10) AS day, \
            \(seconds("endtime")) - \(seconds("starttime")) AS wall, \
            COALESCE(NULLIF(actualcorecount, 0), NULLIF(corecount, 0), 1) AS cores, cpuconsumptiontime AS used
            """
        let found = JobStatements.union(columns, where: conditions.text)
        let sums = [("site", "computingsite"), ("user", "produsername"), ("day", "day")].map { kind, name in
            """
            SELECT '\(kind)' AS kind, \(name) AS name, COUNT(*) AS n, SUM(wall * cores) AS allocated, \
            SUM(used) AS used, SUM(wall) AS wall FROM found GROUP BY \(name)
            """
        }
        return Statement(
            "WITH found AS MATERIALIZED (\(found)) \(sums.joined(separator: " UNION ALL ")) ORDER BY allocated DESC",
            conditions.parameters
        )
    }

    /// Seconds since 1970 of a column with a time, for the years 1901 to 2099, rounded down.
    ///
    /// SQLite and PostgreSQL have no function for it in common, but both write such a time as
    /// `2026-11-21 05:10:00`. The days are counted as in the almanac's formula for the Julian day.
    private static func seconds(_ column: String) -> String {
        func part(_ start: Int, _ length: Int) -> String {
            "CAST(SUBSTR(CAST(\(column) AS text), \(start), \(length)) AS bigint)"
        }
        let (year, month, day) = (part(1, 4), part(6, 2), part(9, 2))
        let days = "367 * \(year) - 7 * (\(year) + (\(month) + 9) / 12) / 4 + 275 * \(month) / 9 + \(day) - 719574"
        return "((\(days)) * 86400 + \(part(12, 2)) * 3600 + \(part(15, 2)) * 60 + \(part(18, 2)))"
    }
}
