/// The sample of the ePIC databases as values: the same seed and clock always make the same rows.
package struct SampleDatabase: Sendable {
    /// Every table of ``SampleSchema``, in its order; some stay empty.
    package let tables: [SampleTable]

    /// Makes all rows.
    ///
    /// - Parameters:
    ///   - seed: chooses the numbers; the identifiers and the rows of ``EdgeCases`` do not depend on it.
    ///   - clock: times are counted back from it.
    ///   - jobCount: jobs besides those of ``EdgeCases``; 3 % of them are active.
    ///   - taskCount: tasks besides those of ``EdgeCases``.
    package init(seed: UInt64 = 42, clock: SampleClock, jobCount: Int = 20000, taskCount: Int = 400) {
        let panda = PandaTables(seed: seed, clock: clock, jobCount: jobCount, taskCount: taskCount)
        let testbed = TestbedTables(seed: seed, clock: clock)
        let production = ProductionTables(clock: clock, tasks: panda.tasks)
        let made = Dictionary(
            (panda.tables + testbed.tables + production.tables).map { ($0.name, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        tables = SampleSchema.tables.map { made[$0.name] ?? SampleTable(empty: $0) }
    }

    /// The table of that name, or nil.
    package subscript(name: String) -> SampleTable? {
        tables.first { $0.name == name }
    }
}
