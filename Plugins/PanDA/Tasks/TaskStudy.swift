package import PluginKit

/// Everything known about one task, whatever source it came from.
package struct TaskStudy: Encodable, Sendable {
    package let jeditaskid: Int
    /// How it stands, in a sentence or two made from the facts below.
    package let summary: String
    package let name: String?
    package let status: String
    package let statusMeaning: String?
    package let superstatus: String?
    package let isFinal: Bool
    package let user: String?
    package let times: TaskTimes
    package let progress: TaskProgress
    package let jobs: TaskJobCounts?
    package let datasetTypes: [TaskDatasetGroup]
    package let datasets: [TaskDataset]
    package let errorDialog: String?
    package let legalCommands: [TaskCommands.Command]
    package let attributes: TaskAttributes
    /// Parts that could not be had, each with the reason.
    package let missingParts: [String]
    package let asOf: Timestamp
    package let monitorURLs: [Link]

    /// Draws the conclusions; at most `maximumDatasets` datasets are listed one by one.
    package init(_ facts: TaskFacts, now: Timestamp, maximumDatasets: Int = 20) {
        jeditaskid = facts.jeditaskid
        name = facts.name
        status = facts.status
        statusMeaning = TaskState.meaning(of: facts.status)
        superstatus = facts.superstatus
        isFinal = TaskState.isFinal(facts.status)
        user = facts.user
        times = TaskTimes(facts, isFinal: isFinal, now: now)
        progress = TaskProgress(facts.counts)
        jobs = facts.jobs
        datasetTypes = TaskDatasetGroup.groups(of: facts.datasets)
        datasets = Array(facts.datasets.prefix(maximumDatasets))
        let dialog = UntrustedText.cleaned(UntrustedText.withoutTags(facts.errorDialog ?? ""), limit: 1024)
        errorDialog = dialog.isEmpty ? nil : dialog
        legalCommands = TaskCommands.legal(in: facts.status)
        attributes = facts.attributes
        let cut = facts.datasets.count - datasets.count
        missingParts = facts.missingParts + (cut > 0 ? ["datasets: \(cut) more are not listed"] : [])
        asOf = now
        monitorURLs = facts.monitorURLs
        summary = TaskStudySummary.sentence(facts, progress: progress)
    }

    private enum CodingKeys: String, CodingKey {
        case jeditaskid, summary, name, status
        case statusMeaning = "status_meaning"
        case superstatus
        case isFinal = "is_final"
        case user, times, progress, jobs
        case datasetTypes = "dataset_types"
        case datasets
        case errorDialog = "error_dialog"
        case legalCommands = "legal_commands"
        case attributes
        case missingParts = "missing_parts"
        case asOf = "as_of"
        case monitorURLs = "monitor_urls"
    }

    static let schema = Schema.object([
        .required("jeditaskid", .integer("The task's id.")),
        .required("summary", .string("How it stands, made from the facts below.")),
        .optional("name", .string("The task's name.")),
        .required("status", .string("The task's state.")),
        .optional("status_meaning", .string("What that state means.")),
        .optional("superstatus", .string("The state of the whole chain it belongs to.")),
        .required("is_final", .boolean("Whether only a command can change the state.")),
        .optional("user", .string("Who submitted it.")),
        .required("times", TaskTimes.schema),
        .required("progress", TaskProgress.schema),
        .optional("jobs", TaskJobCounts.schema),
        .required("dataset_types", .array(of: TaskDatasetGroup.schema, "The datasets, summed up by type.")),
        .required("datasets", .array(of: TaskDataset.schema, "The first of the datasets.")),
        .optional("error_dialog", .untrustedText("What the task's owner is told in PanDA.")),
        .required(
            "legal_commands",
            .array(
                of: TaskCommands.Command.schema,
                "What the task's owner or the production role may ask PanDA to do now; nothing was done."
            )
        ),
        .required("attributes", TaskAttributes.schema),
        .required("missing_parts", .array(of: .string(), "Parts that could not be had, each with the reason.")),
        .required("as_of", .time("When the source was asked.")),
        .required("monitor_urls", .array(of: .link)),
    ])
}
