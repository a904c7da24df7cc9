/// What one monitor knows.
struct MonitorRecords: Sendable {
    let jobs: [MonitorJob]
    let tasks: [MonitorTask]
    /// Hours that a listing looks back when nothing says otherwise.
    let defaultHours: Int

    func job(_ id: Int) -> MonitorJob? {
        jobs.first { $0.id == id }
    }

    func task(_ id: Int) -> MonitorTask? {
        tasks.first { $0.id == id }
    }
}
