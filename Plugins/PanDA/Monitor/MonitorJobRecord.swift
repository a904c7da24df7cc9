import PluginKit

/// The monitor's record of one job, read into facts.
struct MonitorJobRecord {
    private let record: MonitorRecord

    init(_ record: MonitorRecord) {
        self.record = record
    }

    func fill(_ facts: inout JobFacts) {
        facts.task = record.count("jeditaskid").map { JobTask(jeditaskid: $0) }
        facts.site = record.text("computingsite")
        facts.user = record.text("produsername")
        facts.attempt = record.integer("attemptnr").map { JobAttempt(number: $0, maximum: record.count("maxattempt")) }
        facts.created = record.time("creationtime")
        facts.started = record.time("starttime")
        facts.ended = record.time("endtime")
        facts.modified = record.time("modificationtime")
        facts.errors = JobErrors.all(
            code: { record.integer($0.codeColumn) },
            diagnosis: { component in component.diagnosisColumn.flatMap { record.text($0) } }
        )
        fillResources(&facts.resources)
        fillPilot(&facts)
        facts.harvester = worker
    }

    private func fillResources(_ resources: inout JobResources) {
        resources.coreCount = record.count("actualcorecount") ?? record.count("corecount")
        resources.maximumRSSKilobytes = record.count("maxrss")
        resources.maximumPSSKilobytes = record.count("maxpss")
        if (record.text("minramunit") ?? "MB").filter({ $0 != " " }) == "MB" {
            resources.requestedMemoryMegabytes = record.count("minramcount")
        }
        resources.cpuSeconds = record.count("cpuconsumptiontime")
        resources.events = record.count("nevents")
        resources.inputBytes = record.count("inputfilebytes")
        resources.outputBytes = record.count("outputfilebytes")
    }

    /// `pilotid` is the address of the pilot's output, the batch system, the pilot's type and version between bars.
    private func fillPilot(_ facts: inout JobFacts) {
        let parts = (record.text("pilotid", limit: 1024) ?? "")
            .split(separator: "|", omittingEmptySubsequences: false).map(String.init)
        if let address = parts.first, address.hasPrefix("https://") || address.hasPrefix("http://"),
            !address.contains(where: \.isWhitespace)
        {
            facts.logURLs["pilot_stdout"] = address
        }
        let type = parts.count > 2 ? parts[2] : nil
        let version = parts.count > 3 ? parts[3] : record.text("pilotversion")
        if type != nil || version != nil { facts.pilot = JobPilot(type: type, version: version) }
    }

    /// The last worker the monitor links to the job.
    private var worker: JobWorker? {
        guard let worker = record.records("harvesterInfo").last, let harvester = worker.text("harvesterid"),
            let id = worker.integer("workerid")
        else { return nil }
        return JobWorker(
            harvesterID: harvester,
            workerID: id,
            status: worker.text("status"),
            computingElement: worker.text("computingelement"),
            diagnosis: worker.text("diagmessage")
        )
    }
}
