internal import ArgumentParser
internal import SampleData

/// Prints what makes PanDA's tables in PostgreSQL.
struct SchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema",
        abstract: "Print a script for psql that makes PanDA's tables.",
        discussion: "Run it with -v rows=FILE: that script fills the tables before the indexes are made."
    )

    @Option(help: "For how many days before now the tables have pieces of their own; at most 40 of each table.")
    var days = 180

    func validate() throws {
        guard (1...3660).contains(days) else {
            throw ValidationError("--days must be from 1 to 3660; it is \(days).")
        }
    }

    func run() throws {
        print(SamplePostgres.pandaScript(days: days, before: .current), terminator: "")
    }
}
