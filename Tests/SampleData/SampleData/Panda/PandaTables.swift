/// Makes all tables of PanDA.
struct PandaTables {
    let tasks: [SampleTask]
    let tables: [SampleTable]

    /// How many days back jobs still have their files and workers.
    private static let daysWithFiles = 3

    init(seed: UInt64, clock: SampleClock, jobCount: Int, taskCount: Int) {
        var generator = TaskGenerator(seed: seed, clock: clock)
        var tasks = generator.tasks(count: taskCount)
        var jobGenerator = JobGenerator(seed: seed, clock: clock)
        let jobs = jobGenerator.jobs(count: jobCount, of: &tasks)
        let edge = EdgeJobs(clock: clock)
        tasks += edge.tasks()
        let active = jobs.filter(\.isActive) + edge.activeJobs()
        let archived = jobs.filter { !$0.isActive } + edge.archivedJobs()

        let limit = clock.ago(days: Self.daysWithFiles)
        // The job that is in both tables has its files and worker once.
        let recent = (archived + jobs.filter(\.isActive)).filter { $0.modified >= limit }
        let taskTables = TaskTables(clock: clock)
        var files = FileTable(seed: seed)
        var harvester = HarvesterTables(seed: seed, clock: clock)
        self.tasks = tasks
        tables =
            [
                JobTable(SampleSchema.activeJobs).table(of: active),
                JobTable(SampleSchema.archivedJobs).table(of: archived),
                files.table(of: recent),
                taskTables.tasks(tasks),
                taskTables.datasets(tasks),
                taskTables.parameters(tasks),
                taskTables.queues(),
                harvester.counts(),
            ] + harvester.workers(of: recent)
    }
}
