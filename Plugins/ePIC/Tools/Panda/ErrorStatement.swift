import PanDAKit

/// One statement that groups the errors of the jobs that match, so that the jobs are read once.
///
/// Texts that differ in their numbers only are one group. The rows are of several kinds: a `component` with its errors,
/// a `group`, and for the largest groups the `site`, `user` and `task` with the most jobs. In all of them `id` tells the
/// group, `n` how many errors there are, and `names` how many there are of a kind in a group.
struct ErrorStatement {
    /// Groups that are told at all, and those whose places are told too.
    var mostGroups = 1000
    var mostPlaced = 200
    /// Sites, users and tasks of one group.
    var mostNames = 10

    /// No statement gives more rows.
    var mostRows: Int { ErrorComponent.allCases.count + mostGroups + mostPlaced * mostNames * Self.dimensions.count }

    private static let dimensions = [
        ("site", "computingsite"), ("user", "produsername"), ("task", "CAST(jeditaskid AS text)"),
    ]
    private static let longestText = 256

    func statement(_ query: FailureQuery) -> Statement {
        let components = query.component.map { [$0] } ?? ErrorComponent.allCases
        let conditions = FailureStatements.conditions(of: query)
        let ranked = Self.dimensions.map { places($0.0, $0.1) }
        return Statement(
            """
            WITH jobs AS MATERIALIZED (\(JobStatements.union(Self.columns(components), where: conditions.text))), \
            errors AS MATERIALIZED (\(components.map(Self.errors).joined(separator: " UNION ALL "))), \
            grouped AS MATERIALIZED (SELECT ROW_NUMBER() OVER (ORDER BY COUNT(*) DESC, MAX(pandaid) DESC) AS id, \
            component, code, form, COUNT(*) AS n, MAX(pandaid) AS newest, SUM(unstarted) AS unstarted \
            FROM errors GROUP BY component, code, form), \
            placed AS MATERIALIZED (SELECT g.id, e.text, e.computingsite, e.produsername, e.jeditaskid, e.pandaid \
            FROM grouped g JOIN errors e ON e.component = g.component AND e.code = g.code AND e.form = g.form \
            WHERE g.id <= \(mostGroups)) \
            SELECT 'component' AS kind, 0 AS id, component, NULL AS code, NULL AS text, CAST(SUM(n) AS bigint) AS n, \
            0 AS newest, 0 AS unstarted, 0 AS names FROM grouped GROUP BY component \
            UNION ALL \
            SELECT 'group', g.id, g.component, g.code, MAX(p.text), MAX(g.n), MAX(g.newest), MAX(g.unstarted), \
            (SELECT COUNT(*) FROM grouped) FROM grouped g JOIN placed p ON p.id = g.id AND p.pandaid = g.newest \
            GROUP BY g.id, g.component, g.code \
            UNION ALL \(ranked.joined(separator: " UNION ALL "))
            """,
            conditions.parameters
        )
    }

    /// What the errors are made of.
    private static func columns(_ components: [ErrorComponent]) -> String {
        let texts = components.compactMap(\.diagnosisColumn).map { "SUBSTR(\($0), 1, \(longestText)) AS \($0)" }
        return
            ([
                "computingsite", "produsername", "jeditaskid", "pandaid",
                "CASE WHEN starttime >= '1970-01-02 00:00:00' THEN 0 ELSE 1 END AS unstarted",
            ] + components.map(\.codeColumn) + texts).joined(separator: ", ")
    }

    /// The errors that one component reports.
    private static func errors(of component: ErrorComponent) -> String {
        let text = component.diagnosisColumn.map { "COALESCE(\($0), '')" } ?? "''"
        return """
            SELECT '\(component.rawValue)' AS component, CAST(\(component.codeColumn) AS text) AS code, \
            \(component.diagnosisColumn == nil ? "''" : form(of: text)) AS form, \(text) AS text, computingsite, \
            produsername, jeditaskid, pandaid, unstarted FROM jobs \
            WHERE \(FailureStatements.hasError(of: component, table: ""))
            """
    }

    /// A text with a zero for each number of up to 32 digits: no database has a function for it that both have.
    private static func form(of text: String) -> String {
        let digits = (1...9).reduce(text) { "REPLACE(\($0), '\($1)', '0')" }
        return (1...5).reduce(digits) { form, _ in "REPLACE(\(form), '00', '0')" }
    }

    /// The sites, users or tasks of the largest groups.
    private func places(_ kind: String, _ name: String) -> String {
        """
        SELECT '\(kind)', id, NULL, NULL, name, n, newest, 0, names FROM (SELECT id, \(name) AS name, \
        COUNT(*) AS n, MAX(pandaid) AS newest, COUNT(*) OVER (PARTITION BY id) AS names, \
        ROW_NUMBER() OVER (PARTITION BY id ORDER BY COUNT(*) DESC, MAX(pandaid) DESC) AS place \
        FROM placed WHERE id <= \(mostPlaced) GROUP BY id, \(name)) ranked WHERE place <= \(mostNames)
        """
    }
}
