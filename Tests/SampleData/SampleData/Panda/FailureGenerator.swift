/// Deals the errors of failed, cancelled and closed jobs.
struct FailureGenerator {
    private var random: SampleRandom

    init(seed: UInt64) {
        random = SampleRandom(seed: seed, stream: "failures")
    }

    private enum Kind {
        case payload, stageIn, looping, terminated, memory, stageInTimeout, executor, ddm, reassigned, heartbeat
    }

    /// The errors of a job that ended in that status at that time.
    mutating func errors(status: String, ended: SampleInstant) -> JobErrors {
        switch status {
        case "failed": failure(ended: ended)
        case "cancelled":
            JobErrors(taskBuffer: JobError(code: 100, diagnosis: "killed by the owner of the task"))
        case "closed":
            JobErrors(taskBuffer: JobError(code: 300, diagnosis: "reassigned by JEDI"))
        default: JobErrors()
        }
    }

    private mutating func failure(ended: SampleInstant) -> JobErrors {
        let kind: Kind = random.pick(
            (.payload, 30),
            (.stageIn, 15),
            (.memory, 10),
            (.heartbeat, 10),
            (.looping, 8),
            (.terminated, 8),
            (.ddm, 8),
            (.reassigned, 5),
            (.executor, 3),
            (.stageInTimeout, 3)
        )
        var errors = JobErrors()
        let file = "EICrecon_\(random.hexadecimal(8)).root"
        switch kind {
        case .payload:
            errors.transformationExit = random.pick(("1", 60), ("139", 25), ("134", 15))
            errors.pilot = JobError(code: 1305, diagnosis: "Failed to execute payload:Segmentation fault in eicrecon")
            if random.chance(percent: 15) {
                errors.executor = JobError(code: 5303, diagnosis: "payload returned an error")
            }
        case .stageIn:
            errors.pilot = JobError(code: 1099, diagnosis: "Failed to stage-in file:\(file) is not at the source")
        case .stageInTimeout:
            errors.pilot = JobError(code: 1151, diagnosis: "File transfer timed out during stage-in:\(file)")
        case .looping:
            errors.pilot = JobError(code: 1150, diagnosis: "Looping job killed by pilot")
        case .terminated:
            errors.pilot = JobError(code: 1201, diagnosis: "Job killed by signal: SIGTERM")
            if random.chance(percent: 30) { errors.dispatcher = lostHeartbeat(ended) }
        case .memory:
            errors.pilot = JobError(code: 1235, diagnosis: "Payload exceeded maximum allowed memory")
        case .executor:
            errors.executor = JobError(code: 5303, diagnosis: "payload returned an error")
        case .ddm:
            errors.ddm = JobError(code: 200, diagnosis: "could not register the outputs: \(file)")
        case .reassigned:
            errors.taskBuffer = JobError(code: 300, diagnosis: "reassigned by JEDI")
        case .heartbeat:
            errors.dispatcher = lostHeartbeat(ended)
        }
        return errors
    }

    private func lostHeartbeat(_ time: SampleInstant) -> JobError {
        JobError(code: 100, diagnosis: "lost heartbeat : \(time.zonelessText)")
    }
}
