package import PluginKit

/// Everything known about one job, whatever source it came from.
package struct JobStudy: Encodable, Sendable {
    package let pandaid: Int
    /// What happened, in one or two sentences made from the facts below.
    package let summary: String
    package let status: String
    package let statusMeaning: String?
    package let isFinal: Bool
    package let task: JobTask?
    package let site: String?
    package let user: String?
    package let attempt: JobAttempt?
    package let times: JobTimes
    package let primaryError: JobError?
    package let errors: [JobError]
    /// What to do about the main error; nil where the tables do not say.
    package let nextSteps: ErrorExplanation.Steps?
    package let resources: JobResources
    package let files: [JobFile]
    package let pilot: JobPilot?
    package let harvester: JobWorker?
    package let logURLs: [String: String]
    /// Of a job that may have failed, where logs can be had.
    package let logAnalysis: JobLogAnalysis?
    /// The other attempts at the same work; nil where they are not known.
    package let retries: [JobRetry]?
    /// Parts that could not be had, each with the reason.
    package let missingParts: [String]
    /// How old the data is: when the source was asked.
    package let asOf: Timestamp
    package let monitorURLs: [Link]

    private enum CodingKeys: String, CodingKey {
        case pandaid, summary, status
        case statusMeaning = "status_meaning"
        case isFinal = "is_final"
        case task, site, user, attempt, times
        case primaryError = "primary_error"
        case errors
        case nextSteps = "next_steps"
        case resources, files, pilot, harvester
        case logURLs = "log_urls"
        case logAnalysis = "log_analysis"
        case retries
        case missingParts = "missing_parts"
        case asOf = "as_of"
        case monitorURLs = "monitor_urls"
    }
}

/// The task a job belongs to.
package struct JobTask: Encodable, Hashable, Sendable {
    package let jeditaskid: Int
    package let name: String?
    package let status: String?

    package init(jeditaskid: Int, name: String? = nil, status: String? = nil) {
        self.jeditaskid = jeditaskid
        self.name = name
        self.status = status
    }

    static let schema = Schema.object([
        .required("jeditaskid", .integer("The task's id.")),
        .optional("name", .string("The task's name.")),
        .optional("status", .string("The task's state.")),
    ])
}

/// Which attempt a job is.
package struct JobAttempt: Encodable, Hashable, Sendable {
    package let number: Int
    package let maximum: Int?

    package init(number: Int, maximum: Int?) {
        self.number = number
        self.maximum = maximum
    }

    static let schema = Schema.object([
        .required("number", .integer("This attempt, from 0 or 1 as the experiment counts.")),
        .optional("maximum", .integer("How many attempts the input may have.")),
    ])
}

/// What a job asked for and used.
package struct JobResources: Encodable, Hashable, Sendable {
    package var coreCount: Int?
    package var maximumRSSKilobytes: Int?
    package var maximumPSSKilobytes: Int?
    package var requestedMemoryMegabytes: Int?
    package var cpuSeconds: Int?
    package var events: Int?
    package var inputBytes: Int?
    package var outputBytes: Int?

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case coreCount = "core_count"
        case maximumRSSKilobytes = "max_rss_kilobytes"
        case maximumPSSKilobytes = "max_pss_kilobytes"
        case requestedMemoryMegabytes = "requested_memory_megabytes"
        case cpuSeconds = "cpu_seconds"
        case events
        case inputBytes = "input_bytes"
        case outputBytes = "output_bytes"
    }

    static let schema = Schema.object([
        .optional("core_count", .integer()),
        .optional("max_rss_kilobytes", .integer("The largest resident set the pilot measured.")),
        .optional("max_pss_kilobytes", .integer("The largest proportional set the pilot measured.")),
        .optional("requested_memory_megabytes", .integer("The memory the job was brokered for.")),
        .optional("cpu_seconds", .integer()),
        .optional("events", .integer()),
        .optional("input_bytes", .integer()),
        .optional("output_bytes", .integer()),
    ])
}

/// A file of a job.
package struct JobFile: Encodable, Hashable, Sendable {
    package let name: String
    package let type: String?
    package let scope: String?
    package let status: String?
    package let sizeBytes: Int?
    package let dataset: String?

    package init(name: String, type: String?, scope: String?, status: String?, sizeBytes: Int?, dataset: String?) {
        self.name = name
        self.type = type
        self.scope = scope
        self.status = status
        self.sizeBytes = sizeBytes
        self.dataset = dataset
    }

    private enum CodingKeys: String, CodingKey {
        case name, type, scope, status
        case sizeBytes = "size_bytes"
        case dataset
    }

    static let schema = Schema.object([
        .required("name", .string("The logical file name.")),
        .optional("type", .string("input, output, log or pseudo_input.")),
        .optional("scope", .string()),
        .optional("status", .string()),
        .optional("size_bytes", .integer()),
        .optional("dataset", .string()),
    ])
}

/// The pilot that ran a job.
package struct JobPilot: Encodable, Hashable, Sendable {
    package let type: String?
    package let version: String?

    package init(type: String?, version: String?) {
        self.type = type
        self.version = version
    }

    static let schema = Schema.object([.optional("type", .string()), .optional("version", .string())])
}

/// The Harvester worker a job ran in.
package struct JobWorker: Encodable, Hashable, Sendable {
    package let harvesterID: String
    package let workerID: Int
    package let status: String?
    package let computingElement: String?
    /// What the worker ended with; untrusted text.
    package let diagnosis: String?

    package init(harvesterID: String, workerID: Int, status: String?, computingElement: String?, diagnosis: String?) {
        self.harvesterID = harvesterID
        self.workerID = workerID
        self.status = status
        self.computingElement = computingElement
        self.diagnosis = diagnosis.map { UntrustedText.cleaned($0) }
    }

    private enum CodingKeys: String, CodingKey {
        case harvesterID = "harvester_id"
        case workerID = "worker_id"
        case status
        case computingElement = "computing_element"
        case diagnosis
    }

    static let schema = Schema.object([
        .required("harvester_id", .string()),
        .required("worker_id", .integer()),
        .optional("status", .string()),
        .optional("computing_element", .string()),
        .optional("diagnosis", .untrustedText("What the worker ended with.")),
    ])
}
