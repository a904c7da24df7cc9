/// The errors of a job, component by component; code 0 says there is none.
struct JobErrors: Hashable, Sendable {
    var brokerage = JobError()
    var ddm = JobError()
    var executor = JobError()
    var dispatcher = JobError()
    var pilot = JobError()
    var supervisor = JobError()
    var taskBuffer = JobError()
    /// The transformation's exit code, which is text.
    var transformationExit: String?
}
