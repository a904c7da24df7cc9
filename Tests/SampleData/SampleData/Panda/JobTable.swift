/// Writes jobs as rows of the active or the archived table.
struct JobTable {
    private var writer: SampleTableWriter<SampleJob>

    init(_ definition: SampleTableDefinition) {
        writer = SampleTableWriter(definition)
        addIdentity()
        addTimes()
        addTask()
        addErrors()
        addResources()
        addData()
    }

    func table(of jobs: [SampleJob]) -> SampleTable {
        writer.table(of: jobs)
    }

    private mutating func addIdentity() {
        writer.integer("pandaid") { $0.pandaID }
        writer.integer("jobdefinitionid") { $0.task.request }
        writer.text("schedulerid") { $0.started == nil ? nil : "harvester-CERN_central_\($0.node % 3)" }
        writer.text("pilotid") { $0.pilot }
        writer.text("creationhost") { _ in "jedi-01.example.org" }
        writer.text("modificationhost") { $0.started == nil ? nil : "node\($0.node).example.org" }
        writer.text("jobname") { $0.name }
        writer.text("jobstatus") { $0.status }
        writer.text("jobsubstatus") { $0.substatus }
        writer.text("computingsite") { $0.site }
        writer.text("computingelement") { $0.started == nil ? nil : "gate\($0.node % 4).example.org" }
        writer.text("batchid") { $0.started == nil ? nil : "\(80000 + $0.pandaID % 10000).\($0.node % 10)" }
        writer.text("cloud") { _ in "US" }
        writer.text("vo") { _ in "eic" }
    }

    private mutating func addTimes() {
        writer.time("creationtime") { $0.created }
        writer.time("modificationtime") { $0.modified }
        writer.time("starttime") { $0.started }
        writer.time("endtime") { $0.ended }
        writer.time("statechangetime") { $0.modified }
    }

    private mutating func addTask() {
        writer.integer("jeditaskid") { $0.task.id }
        writer.integer("taskid") { $0.task.id }
        writer.integer("reqid") { $0.task.request }
        writer.text("transformation") { $0.task.transformation }
        writer.text("homepackage") { _ in "eic_xl:26.02.0-stable" }
        writer.text("prodserieslabel") { _ in "pandatest" }
        writer.text("prodsourcelabel") { $0.task.isTest ? "test" : "managed" }
        writer.text("processingtype") { $0.task.processingType }
        writer.text("produserid") { $0.user.map { "/CN=\($0)" } }
        writer.text("produsername") { $0.user }
        writer.text("workinggroup") { $0.task.user.workingGroup }
        writer.text("gshare") { _ in "ePIC" }
        writer.integer("assignedpriority") { _ in 900 }
        writer.integer("currentpriority") { $0.priority }
        writer.integer("attemptnr") { $0.attempt }
        // The server sets both to the same number, so that final failures cannot be told from the job alone.
        writer.integer("maxattempt") { $0.attempt }
        writer.integer("parentid") { $0.parent }
        writer.text("specialhandling") { _ in "rc,lb" }
        writer.text("container_name") { _ in "docker://eicweb/eic_xl:26.02.0-stable" }
        writer.text("job_label") { $0.task.isTest ? "test" : "managed" }
    }

    private mutating func addErrors() {
        addError("brokerage", \.brokerage)
        addError("ddm", \.ddm)
        addError("exe", \.executor)
        addError("jobdispatcher", \.dispatcher)
        addError("pilot", \.pilot)
        addError("sup", \.supervisor)
        addError("taskbuffer", \.taskBuffer)
        writer.text("transexitcode") { $0.errors.transformationExit ?? ($0.status == "finished" ? "0" : nil) }
    }

    private mutating func addError(_ component: String, _ error: any KeyPath<JobErrors, JobError> & Sendable) {
        writer.integer("\(component)errorcode") { $0.errors[keyPath: error].code }
        writer.text("\(component)errordiag") { $0.errors[keyPath: error].diagnosis }
    }

    private mutating func addResources() {
        writer.integer("corecount") { $0.task.cores }
        writer.integer("actualcorecount") { $0.started == nil ? nil : $0.task.cores }
        writer.text("resource_type") { $0.task.cores > 1 ? "MCORE" : "SCORE" }
        writer.integer("cpuconsumptiontime") { $0.cpuSeconds }
        writer.text("cpuconsumptionunit") { $0.started == nil ? nil : "AMD EPYC 7763 64-Core Processor" }
        writer.integer("maxrss") { $0.maximumRSS }
        writer.integer("maxpss") { $0.maximumPSS }
        writer.integer("avgrss") { $0.averageRSS }
        writer.integer("maxwalltime") { _ in 172_800 }
        writer.integer("minramcount") { $0.task.cores > 1 ? 8000 : 2000 }
        writer.text("minramunit") { _ in "MB" }
        writer.integer("maxcpucount") { _ in 172_800 }
        writer.integer("maxdiskcount") { _ in 20480 }
        writer.text("maxdiskunit") { _ in "MB" }
        writer.text("jobmetrics") { job in
            job.started == nil ? nil : "coreCount=\(job.task.cores) leak=0.5 chi2=0.01 cpuArchitectureLevel=x86_64-v3"
        }
        writer.text("pilottiming") { $0.started == nil ? nil : "2|31|\($0.cpuSeconds)|44|12" }
    }

    private mutating func addData() {
        writer.integer("nevents") { $0.events }
        writer.integer("ninputfiles") { _ in 1 }
        writer.integer("ninputdatafiles") { _ in 1 }
        writer.integer("inputfilebytes") { $0.inputBytes }
        writer.integer("noutputdatafiles") { $0.outputFiles }
        writer.integer("outputfilebytes") { $0.outputBytes }
        writer.text("proddblock") { "\($0.task.name).in" }
        writer.text("destinationdblock") { "\($0.task.name).out" }
        writer.text("destinationse") { $0.destination }
        writer.text("jobparameters") { "--events \($0.events) --task \($0.task.id)" }
    }
}
