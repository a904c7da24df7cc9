import PluginKit

/// The monitor's record of one task, read into facts.
struct MonitorTaskRecord {
    private let record: MonitorRecord

    init(_ record: MonitorRecord) {
        self.record = record
    }

    func fill(_ facts: inout TaskFacts) {
        facts.name = record.text("taskname")
        facts.superstatus = record.text("superstatus", limit: 64)
        facts.user = record.text("username")
        facts.created = record.time("creationdate")
        facts.started = record.time("starttime")
        facts.ended = record.time("endtime")
        facts.modified = record.time("modificationtime") ?? record.time("statechangetime")
        facts.errorDialog = record.text("errordialog", limit: 8192)
        facts.counts = counts
        facts.attributes = attributes
    }

    private var counts: TaskFileCounts {
        let summary = record.record("dsinfo")
        var counts = TaskFileCounts()
        counts.total = summary.integer("nfiles")
        counts.finished = summary.integer("nfilesfinished")
        counts.failed = summary.integer("nfilesfailed")
        counts.missing = summary.integer("nfilesmissing")
        counts.eventsTotal = summary.integer("neventsTot")
        counts.eventsUsed = summary.integer("neventsUsedTot")
        counts.reportedPercentFinished = summary.integer("pctfinished").flatMap(Self.percent)
        counts.reportedPercentFailed = summary.integer("pctfailed").flatMap(Self.percent)
        return counts
    }

    private static func percent(_ value: Int) -> Int? {
        (0...100).contains(value) ? value : nil
    }

    private var attributes: TaskAttributes {
        var attributes = TaskAttributes()
        attributes.type = record.text("tasktype")
        attributes.label = record.text("prodsourcelabel")
        attributes.processingType = record.text("processingtype")
        attributes.workingGroup = record.text("workinggroup")
        attributes.campaign = record.text("campaign")
        attributes.globalShare = record.text("gshare")
        attributes.nucleus = record.text("nucleus")
        attributes.priority = record.integer("taskpriority")
        attributes.currentPriority = record.integer("currentpriority")
        attributes.coreCount = record.integer("corecount")
        attributes.memoryMegabytes = record.count("ramcount")
        attributes.attempt = record.integer("attemptnr")
        attributes.parentTask = record.count("parent_tid")
        attributes.request = record.count("reqid")
        return attributes
    }

    /// A dataset of the task; nil for a record without a name.
    static func dataset(_ record: MonitorRecord) -> TaskDataset? {
        guard let name = record.text("datasetname") else { return nil }
        return TaskDataset(
            name: name,
            type: record.text("type", limit: 64) ?? "other",
            status: record.text("status", limit: 64),
            files: record.integer("nfiles"),
            finished: record.integer("nfilesfinished"),
            failed: record.integer("nfilesfailed"),
            datasetID: record.count("datasetid")
        )
    }
}
