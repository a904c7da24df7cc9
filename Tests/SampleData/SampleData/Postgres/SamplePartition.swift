/// How a table of PanDA is cut into pieces by the values of one column.
struct SamplePartition: Hashable, Sendable {
    /// What one piece spans.
    enum Span: Hashable, Sendable {
        case day, month
        /// A million numbers.
        case million
    }

    /// What is in no piece goes to the default one, so that it has rows too.
    private static let newest = 40

    let column: String
    let span: Span

    /// The partitioning of a table; nil for one in one piece.
    static func of(_ table: SampleTableDefinition) -> SamplePartition? {
        table.schema == .domaPanda ? tables[table.name] : nil
    }

    private static let tables = [
        "jobsarchived4": SamplePartition(column: "modificationtime", span: .month),
        "filestable4": SamplePartition(column: "modificationtime", span: .day),
        "harvester_workers": SamplePartition(column: "lastupdate", span: .day),
        "harvester_rel_jobs_workers": SamplePartition(column: "pandaid", span: .million),
        "jedi_tasks": SamplePartition(column: "jeditaskid", span: .million),
        "jedi_datasets": SamplePartition(column: "jeditaskid", span: .million),
        "jedi_taskparams": SamplePartition(column: "jeditaskid", span: .million),
    ]

    /// The bounds of the newest pieces that hold rows, as PostgreSQL's `FROM (…) TO (…)`.
    func bounds(in table: SampleTable) -> [String] {
        bounds(holding: table.values(column))
    }

    /// The bounds of the newest pieces for the days before a moment, or for the numbers below 4 million.
    func bounds(days: Int, before now: SampleInstant) -> [String] {
        switch span {
        case .day, .month: bounds(holding: (0...days).map { .time(now.adding(seconds: -86_400 * $0)) })
        case .million: bounds(holding: (0..<4).map { .integer(1_000_000 * $0) })
        }
    }

    private func bounds(holding values: [SampleValue]) -> [String] {
        Set(values.compactMap(start)).sorted().suffix(Self.newest).map { start in
            switch span {
            case .day: "FROM ('\(start)') TO (timestamp '\(start)' + interval '1 day')"
            case .month: "FROM ('\(start)') TO (timestamp '\(start)' + interval '1 month')"
            case .million: "FROM (\(start)) TO (\(start) + 1000000)"
            }
        }
    }

    private func start(of value: SampleValue) -> String? {
        switch (value, span) {
        case (.time(let time), .day): String(time.zonelessText.prefix(10))
        case (.time(let time), .month): "\(time.zonelessText.prefix(7))-01"
        case (.integer(let number), .million): String(number / 1_000_000 * 1_000_000)
        default: nil
        }
    }
}
