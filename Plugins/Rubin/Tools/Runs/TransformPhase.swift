/// How the files of a transform are counted as jobs, which depends on its status.
///
/// BPS counts `Finished`, `SubFinished`, `Transforming` and `Failed` transforms and leaves out all others. Here the
/// others are counted too, so that the states of a label add up to its jobs.
enum TransformPhase: Hashable, Sendable {
    case finished, subFinished, transforming, failed
    /// Not begun: what iDDS knows of is not running yet.
    case waiting
    case suspended
    case cancelled
    case unknown

    init(_ status: IDDSStatus) {
        switch status.name {
        case "Finished": self = .finished
        case "SubFinished": self = .subFinished
        case "Failed": self = .failed
        case "New", "Ready", "Queue", "Throttling", "WaitForTrigger", "Building", "Built": self = .waiting
        case "Suspended": self = .suspended
        case "Cancelled", "Expired": self = .cancelled
        case "Transforming", "Extend", "ToCancel", "Cancelling", "ToSuspend", "Suspending", "ToResume", "Resuming",
            "ToExpire", "Expiring", "ToFinish", "ToForceFinish", "Terminating":
            self = .transforming
        default: self = .unknown
        }
    }

    /// The states that are counted from files of their own.
    private var counted: Set<WmsState> {
        switch self {
        case .finished: [.succeeded]
        case .failed: [.failed, .pruned]
        case .subFinished, .cancelled: [.succeeded, .failed, .pruned]
        case .transforming, .waiting, .suspended, .unknown: [.succeeded, .failed, .pruned, .running]
        }
    }

    /// The state of the jobs that none of the counts tells about.
    private var rest: WmsState {
        switch self {
        case .transforming, .waiting: .unready
        case .suspended: .held
        case .cancelled: .deleted
        case .finished, .subFinished, .failed, .unknown: .unknown
        }
    }

    /// The jobs of a transform by state; they add up to its output files, or to what is counted where that is more.
    func counts(of files: TransformFiles) -> StateCounts {
        // Outputs that are known and whose inputs are no longer awaited are with PanDA already.
        let submitted = self == .transforming ? max(0, files.outputNew - files.inputNew) : 0
        let all: [WmsState: Int] = [
            .succeeded: files.outputProcessed,
            .running: files.outputProcessing + submitted,
            .failed: files.outputFailed,
            .pruned: files.outputMissing,
        ]
        var counts = StateCounts()
        for (state, count) in all where counted.contains(state) { counts[state] = count }
        counts[rest] += max(0, files.outputTotal - counts.total)
        return counts
    }
}
