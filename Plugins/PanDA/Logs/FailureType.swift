/// What kind of failure texts speak of: the first kind one of whose words is in them.
enum FailureType: String, Hashable, Sendable, CaseIterable {
    case reassignedByJEDI = "reassigned_by_jedi"
    case stageInTimeout = "stagein_timeout"
    case stageOutTimeout = "stageout_timeout"
    case timeout
    case segmentationFault = "segfault"
    case diskFull = "disk_full"
    case memory
    case network
    case inputMissing = "input_missing"
    case stageInFailed = "stagein_failed"
    case setupReleaseNotFound = "setup_release_not_found"
    case payloadError = "payload_error"
    case pilotError = "pilot_error"
    case unknown

    /// Finds the kind in the errors' texts, and where they say nothing in their codes, then in the log.
    init(errors: [JobError], log: [String]) {
        let diagnoses = errors.compactMap(\.diagnosis).joined(separator: "\n")
        self =
            Self.named(in: diagnoses) ?? Self.coded(by: errors) ?? Self.named(in: log.joined(separator: "\n"))
            ?? Self.reported(by: errors)
    }

    /// Each alternative is a list of words all of which must be there.
    private static let words: [(type: FailureType, alternatives: [[String]])] = [
        (.reassignedByJEDI, [["reassigned by jedi"]]),
        (.stageInTimeout, [["stage-in", "timed out"], ["stagein", "timeout"], ["stage-in", "timeout"]]),
        (.stageOutTimeout, [["stage-out", "timed out"], ["stageout", "timeout"], ["stage-out", "timeout"]]),
        (.timeout, [["timed out"], ["timeout"], ["looping job"], ["wall time"], ["walltime"]]),
        (.segmentationFault, [["segmentation fault"], ["segmentation violation"], ["sigsegv"]]),
        (.diskFull, [["no space left"], ["disk quota exceeded"], ["work directory", "too large"]]),
        (.memory, [["memory limit"], ["out of memory"], ["bad_alloc"], ["cannot allocate memory"], ["oom-kill"]]),
        (
            .network,
            [
                ["connection refused"], ["connection reset"], ["network is unreachable"], ["could not resolve host"],
                ["service not available"],
            ]
        ),
        (.inputMissing, [["no such file"], ["file not found"], ["does not exist"]]),
        (.stageInFailed, [["failed to stage-in"], ["stage-in failed"]]),
    ]

    private static func named(in text: String) -> FailureType? {
        let text = text.lowercased()
        return words.first { entry in
            entry.alternatives.contains { $0.allSatisfy { text.contains($0) } }
        }?
        .type
    }

    /// The pilot's codes that leave no doubt.
    private static let codes: [Int: FailureType] = [
        1099: .stageInFailed, 1100: .stageInFailed, 1103: .inputMissing, 1104: .diskFull, 1150: .timeout,
        1151: .stageInTimeout, 1152: .stageOutTimeout, 1203: .segmentationFault, 1212: .memory, 1213: .timeout,
        1235: .memory,
    ]

    private static func coded(by errors: [JobError]) -> FailureType? {
        errors.first { $0.component == ErrorComponent.pilot.rawValue }.flatMap { codes[$0.code] }
    }

    private static func reported(by errors: [JobError]) -> FailureType {
        let components = Set(errors.map(\.component))
        if components.contains(ErrorComponent.transformation.rawValue)
            || components.contains(ErrorComponent.executor.rawValue)
            || errors.contains(where: { $0.component == ErrorComponent.pilot.rawValue && $0.code == 1305 })
        {
            return .payloadError
        }
        return components.contains(ErrorComponent.pilot.rawValue) ? .pilotError : .unknown
    }
}
