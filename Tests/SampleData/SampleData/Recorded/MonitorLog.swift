/// A file of a job's log.
struct MonitorLog: Sendable {
    let name: String
    /// Makes the text; the instant is when the job started.
    let text: @Sendable (SampleInstant) -> String
}
