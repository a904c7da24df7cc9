package import PluginKit

/// One job that did not succeed, with its errors.
package struct FailedJob: Encodable, Hashable, Sendable {
    package var pandaid: Int
    package var status: String
    package var jeditaskid: Int?
    package var reqid: Int?
    package var name: String?
    package var username: String?
    package var site: String?
    package var computingElement: String?
    package var transformation: String?
    package var attempt: Int?
    package var created: Timestamp?
    package var started: Timestamp?
    package var ended: Timestamp?
    package var modified: Timestamp?
    package var maximumRSSKilobytes: Int?
    /// A command PanDA gave its pilot, such as to end it.
    package var commandToPilot: String?
    package var errors: [JobError]
    package private(set) var primaryError: JobError?

    package init(pandaid: Int, status: String, errors: [JobError]) {
        self.pandaid = pandaid
        self.status = status
        self.errors = errors
        primaryError = errors.count > 1 ? JobErrors.primary(of: errors) : nil
    }

    private enum CodingKeys: String, CodingKey {
        case pandaid, status, jeditaskid, reqid, name, username, site
        case computingElement = "computing_element"
        case transformation, attempt, created, started, ended, modified
        case maximumRSSKilobytes = "max_rss_kilobytes"
        case commandToPilot = "command_to_pilot"
        case errors
        case primaryError = "primary_error"
    }

    static let schema = Schema.object([
        .required("pandaid", .integer("The PanDA job id.")),
        .required("status", .choice(FailureQuery.states)),
        .optional("jeditaskid", .integer()),
        .optional("reqid", .integer()),
        .optional("name", .string()),
        .optional("username", .string()),
        .optional("site", .string("The queue.")),
        .optional("computing_element", .string()),
        .optional("transformation", .string()),
        .optional("attempt", .integer()),
        .optional("created", .time()),
        .optional("started", .time("Absent when it never started.")),
        .optional("ended", .time()),
        .optional("modified", .time()),
        .optional("max_rss_kilobytes", .integer()),
        .optional("command_to_pilot", .string("What PanDA told its pilot to do, such as tobekilled.")),
        .required("errors", .array(of: JobError.schema, "All errors, one for each component that reports one.")),
        .optional("primary_error", JobError.schema),
    ])
}
