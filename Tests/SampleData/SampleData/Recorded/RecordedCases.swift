/// The jobs, tasks and requests that are told about in detail.
package enum RecordedCases {
    // MARK: ATLAS

    /// Failed: the payload went over its memory limit (pilot 1235).
    ///
    /// Its log says by how much.
    package static let memoryJob = 6_800_730_400
    /// The second attempt at the work of ``memoryJob``, which succeeded with more memory.
    package static let retryJob = 6_809_100_006
    /// Running for 5 h 46 min after waiting for 21 h 20 min.
    package static let runningJob = 6_810_532_013
    /// Running, 1112 of 4875 files finished, none failed.
    package static let runningTask = 46_374_283
    /// Failed: an input could not be copied in (pilot 1099).
    package static let stageInJob = 6_809_100_001
    /// Failed: heartbeat lost (dispatcher 100), so that there is no log.
    package static let lostHeartbeatJob = 6_809_100_002
    /// Failed: the payload ended with an error of its own (pilot 1305); `payload.stdout` tells.
    package static let payloadJob = 6_809_100_003
    /// Failed: the pilot's code 1305, but it was the release that could not be set up; `setup.stdout` tells.
    package static let setupJob = 6_809_100_004
    /// Failed: its diagnosis and its log hold ``EdgeCases/hostileText``.
    package static let hostileJob = 6_809_100_005
    /// Finished, with failed files: holds the failed jobs above.
    package static let finishedTask = 46_290_117
    package static let doneTask = 46_290_220
    /// Given up by the system; a person must act.
    package static let exhaustedTask = 46_290_330
    /// Cannot run: bad parameters.
    package static let brokenTask = 46_290_440

    // MARK: Rubin

    /// `Transforming`: three labels, one of them in two chunks.
    package static let transformingRequest = 7001
    package static let finishedRequest = 7002
    /// `SubFinished`: a label with failures of two exit codes, and pruned work behind it.
    package static let subFinishedRequest = 7003
    /// `Failed`: the first label failed whole.
    package static let failedRequest = 7004
    package static let cancelledRequest = 7005
    /// The PanDA task of the label with failures in ``subFinishedRequest``.
    package static let subFinishedTask = 161_032
    /// A failed job of ``subFinishedTask``: killed for its memory (pilot 1235).
    package static let rubinMemoryJob = 92_410_001
    /// A failed job of ``subFinishedTask``: the pipeline task raised an error (exit code 1, pilot 1305).
    package static let rubinPayloadJob = 92_410_002
}
