internal import JSON

/// Makes the tables of the production catalogue: tags, data sets, configurations, requests and their PanDA tasks.
struct ProductionTables {
    let tables: [SampleTable]

    init(clock: SampleClock, tasks: [SampleTask]) {
        let tags = TagTables(clock: clock)
        let requests = RequestTables(clock: clock, tasks: tasks)
        tables = tags.tables() + requests.tables()
    }
}
