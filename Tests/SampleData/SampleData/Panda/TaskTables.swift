internal import JSON

/// Writes tasks as rows of the tables of tasks, data sets and task parameters.
struct TaskTables {
    private let clock: SampleClock

    init(clock: SampleClock) {
        self.clock = clock
    }

    func tasks(_ tasks: [SampleTask]) -> SampleTable {
        var writer = SampleTableWriter<SampleTask>(SampleSchema.tasks)
        addIdentity(to: &writer)
        addRequirements(to: &writer)
        return writer.table(of: tasks)
    }

    private func addIdentity(to writer: inout SampleTableWriter<SampleTask>) {
        writer.integer("jeditaskid") { $0.id }
        writer.text("taskname") { $0.name }
        writer.text("status") { $0.status }
        writer.text("superstatus") { $0.status }
        writer.text("username") { $0.userName }
        writer.time("creationdate") { $0.created }
        writer.time("modificationtime") { $0.modified }
        writer.time("statechangetime") { $0.modified }
        writer.time("realmodificationtime") { $0.modified }
        writer.time("starttime") { $0.started }
        writer.time("endtime") { $0.ended }
        writer.integer("reqid") { $0.request }
        writer.text("site") { $0.site }
        writer.text("cloud") { _ in "US" }
        writer.text("vo") { _ in "epic" }
        writer.text("prodsourcelabel") { $0.isTest ? "test" : "managed" }
        writer.text("workinggroup") { $0.user.workingGroup }
        writer.text("processingtype") { $0.processingType }
        writer.text("tasktype") { $0.processingType == "epicproduction" ? "prod" : "anal" }
        writer.text("errordialog") { $0.errorDialog }
        writer.text("framework") { _ in "panda-client" }
        writer.text("campaign") { $0.processingType == "epicproduction" ? "26.02.0" : nil }
        writer.integer("attemptnr") { $0.attempts }
    }

    private func addRequirements(to writer: inout SampleTableWriter<SampleTask>) {
        writer.integer("corecount") { $0.cores }
        writer.integer("taskpriority") { _ in 900 }
        writer.integer("currentpriority") { _ in 900 }
        writer.text("architecture") { _ in "@el9" }
        writer.text("transpath") { _ in "https://pandaserver.example.org/trf/runGen-00-00-02" }
        writer.text("splitrule") { _ in "AA=1,IR=1,LC=1,MR=3,NF=1,TW=60" }
        writer.integer("walltime") { _ in 86400 }
        writer.text("walltimeunit") { _ in "s" }
        writer.integer("ramcount") { $0.cores > 1 ? 8000 : 2000 }
        writer.text("ramunit") { _ in "MB" }
        writer.text("gshare") { _ in "ePIC" }
        writer.text("resource_type") { $0.cores > 1 ? "MCORE" : "SCORE" }
        writer.text("container_name") { _ in "docker://eicweb/eic_xl:26.02.0-stable" }
    }

    /// A data set of a task: its master input, its output or its log.
    private struct DataSet {
        let task: SampleTask
        let type: String
        let id: Int

        var isMaster: Bool { type == "pseudo_input" }
        var files: Int { task.finishedFiles + task.failedFiles + task.activeFiles }
    }

    func datasets(_ tasks: [SampleTask]) -> SampleTable {
        var writer = SampleTableWriter<DataSet>(SampleSchema.datasets)
        writer.integer("jeditaskid") { $0.task.id }
        writer.integer("datasetid") { $0.id }
        writer.text("datasetname") { $0.isMaster ? "pseudo_dataset" : "\($0.task.name).\($0.type)" }
        writer.text("type") { $0.type }
        writer.time("creationtime") { $0.task.created }
        writer.time("modificationtime") { $0.task.modified }
        writer.text("vo") { _ in "epic" }
        writer.integer("masterid") { $0.isMaster ? nil : $0.task.id * 10 + 1 }
        writer.text("status") { SampleTask.finalStatuses.contains($0.task.status) ? "finished" : "ready" }
        writer.text("streamname") { $0.isMaster ? "IN" : ($0.type == "log" ? "LOG" : "OUTPUT0") }
        writer.integer("nfiles") { $0.files }
        writer.integer("nfilestobeused") { $0.files }
        writer.integer("nfilesused") { $0.files }
        writer.integer("nfilesfinished") { $0.task.finishedFiles }
        writer.integer("nfilesfailed") { $0.task.failedFiles }
        writer.integer("nevents") { $0.files * 1000 }
        let sets = tasks.flatMap { task in
            ["pseudo_input", "output", "log"].enumerated().map { index, type in
                DataSet(task: task, type: type, id: task.id * 10 + index + 1)
            }
        }
        return writer.table(of: sets)
    }

    func parameters(_ tasks: [SampleTask]) -> SampleTable {
        var writer = SampleTableWriter<SampleTask>(SampleSchema.taskParameters)
        writer.integer("jeditaskid") { $0.id }
        writer.json("taskparams") { parameters(of: $0) }
        return writer.table(of: tasks)
    }

    private func parameters(of task: SampleTask) -> JSONValue {
        var inputs: JSONValue = []
        if task.id == EdgeCases.taskWithHugeParameters {
            inputs = .array(
                (0..<6000).map { .string("root://dtn.example.org//eic/evgen/file_\(100_000 + $0).hepmc3.root") }
            )
        }
        return [
            "taskName": .string(task.name), "userName": .string(task.userName), "vo": "epic",
            "prodSourceLabel": task.isTest ? "test" : "managed", "processingType": .string(task.processingType ?? ""),
            "coreCount": .integer(task.cores), "nFilesPerJob": 1, "nEventsPerJob": 1000, "site": .null,
            "log": [
                "dataset": .string("\(task.name).log"), "type": "template", "param_type": "log",
                "value": .string("\(task.name).log.${SN}.log.tgz"),
            ],
            "inputs": inputs,
        ]
    }

    func queues() -> SampleTable {
        var writer = SampleTableWriter<SampleQueue>(SampleSchema.queues)
        let modified = clock.ago(days: 9)
        writer.text("panda_queue") { $0.name }
        writer.json("data") { $0.record(modified: modified) }
        writer.time("last_update") { [clock] _ in clock.ago(minutes: 7) }
        return writer.table(of: SampleQueue.all)
    }
}
