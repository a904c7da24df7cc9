/// The states in which BPS counts jobs and tells runs.
package enum WmsState: String, CaseIterable, Encodable, Hashable, Sendable {
    case succeeded = "SUCCEEDED"
    case failed = "FAILED"
    case running = "RUNNING"
    case pruned = "PRUNED"
    case unready = "UNREADY"
    case held = "HELD"
    case deleted = "DELETED"
    case unknown = "UNKNOWN"

    /// The state of a run: what BPS makes of the status of its request.
    package init(run status: IDDSStatus) {
        switch status.name {
        case "Finished", "SubFinished": self = .succeeded
        case "Failed", "Expired": self = .failed
        case "Cancelled": self = .deleted
        case "Suspended": self = .held
        default: self = .running
        }
    }

    /// The states a run can have.
    package static let ofRuns: [WmsState] = [.succeeded, .failed, .running, .held, .deleted]
}
