package import JSON
package import PluginKit

/// One line of a list of runs.
package struct RunListItem: Encodable, Hashable, Sendable {
    package let requestID: Int
    package let state: WmsState
    package let status: String
    package var name: String?
    package var user: String?
    package var created: Timestamp?
    package var updated: Timestamp?
    package var totalJobs = 0
    package var succeededJobs = 0
    package var runningJobs = 0
    package var percentDone: Int?
    /// Status in iDDS → number of transforms.
    package var transforms: JSONValue = [:]

    package init(requestID: Int, status: IDDSStatus) {
        self.requestID = requestID
        self.status = status.name
        state = WmsState(run: status)
    }

    private enum CodingKeys: String, CodingKey {
        case requestID = "request_id"
        case name, user, state
        case status = "idds_status"
        case created, updated
        case percentDone = "percent_done"
        case totalJobs = "total_jobs"
        case succeededJobs = "succeeded_jobs"
        case runningJobs = "running_jobs"
        case transforms
    }

    package static let schema = Schema.object([
        .required("request_id", .integer("The id of the run's iDDS request.")),
        .optional("name", .untrustedText("The run's name.")),
        .optional("user", .untrustedText("Who submitted it.")),
        .required("state", .choice(WmsState.ofRuns.map(\.rawValue), "The run's state as BPS tells it.")),
        .required("idds_status", .string("The request's status in iDDS; SubFinished: ended with failures.")),
        .optional("created", .time()),
        .optional("updated", .time()),
        .optional(
            "percent_done",
            .integer("Jobs that succeeded, rounded down; absent without jobs.", minimum: 0, maximum: 100)
        ),
        .required("total_jobs", .integer(minimum: 0)),
        .required("succeeded_jobs", .integer(minimum: 0)),
        .required("running_jobs", .integer(minimum: 0)),
        .required("transforms", .dictionary(of: .integer(minimum: 0), "Status in iDDS → number of transforms.")),
    ])
}
