/// The codes of the PanDA server's own components, as of August 2026.
enum ServerErrorCodes {
    /// `taskbuffererrorcode`.
    static let taskBuffer: [ErrorCodeEntry] = [
        .init(100, "EC_Kill", "killed"),
        .init(101, "EC_Transfer", "transfer timeout"),
        .init(102, "EC_Expire", "expired"),
        .init(103, "EC_Aborted", "aborted"),
        .init(105, "EC_Reassigned", "reassigned by rebrokerage"),
        .init(106, "EC_Retried", "reassigned by server-side retry"),
        .init(107, "EC_PilotRetried", "retried by pilot"),
        .init(111, "EC_EventServiceRetried", "event service: retried"),
        .init(112, "EC_EventServiceMerge", "event service: merge"),
        .init(113, "EC_MergeFailed", "merge job failed"),
        .init(114, "EC_EventServiceMaxAttempt", "event service: maximum attempts reached"),
        .init(115, "EC_EventServiceWaitOthers", "event service: other consumers still running"),
        .init(116, "EC_EventServiceUnused", "event service: killed as unused"),
        .init(117, "EC_EventServiceUnprocessed", "event service: no events processed on the node"),
        .init(118, "EC_EventServiceLastUnprocessed", "event service: no events processed, last consumer"),
        .init(119, "EC_EventServiceAllFailed", "event service: all ranges failed"),
        .init(120, "EC_EventServiceKillOK", "event service: consumer generated the merge"),
        .init(121, "EC_EventServiceKillNG", "event service: associated consumer failed"),
        .init(122, "EC_EventServicePreemption", "event service: preempted"),
        .init(123, "EC_EventServiceNoEvent", "event service: retried without processing events"),
        .init(124, "EC_EventServiceInconsistentIn", "event service: input inconsistent with JEDI"),
        .init(125, "EC_EventServiceNoEsQueues", "event service: no queues for new consumers"),
        .init(126, "EC_EventServiceBadStatus", "event service: closed in bad status"),
        .init(130, "EC_FastRebrokerage", "fast rebrokerage of an overloaded queue"),
        .init(200, "EC_JobCloningUnlock", "job cloning: semaphore not obtained"),
        .init(300, "EC_WorkerDone", "worker ended before the job"),
        .init(403, "EC_Forbidden", "HTTP 403 marker"),
        .init(404, "EC_NotFound", "HTTP 404 marker"),
    ]

    /// `ddmerrorcode`.
    static let dataManagement: [ErrorCodeEntry] = [
        .init(100, "EC_Setupper", "setupper failure"),
        .init(101, "EC_GUID", "GUID problem in setup"),
        .init(200, "EC_Adder", "adder failure (output registration)"),
        .init(201, "EC_Subscription", "subscription/rule registration failed"),
        .init(203, "EC_Location", "location registration failed"),
        .init(204, "EC_MissingNumEvents", "number of events missing"),
        .init(205, "EC_InconsistentGUID", "GUID inconsistent"),
        .init(206, "EC_RSE", "wrong RSE configuration"),
    ]

    /// `jobdispatchererrorcode`.
    static let jobDispatcher: [ErrorCodeEntry] = [
        .init(100, "EC_Watcher", "lost heartbeat"),
        .init(101, "EC_Recovery", "job recovery failed"),
        .init(102, "EC_SendError", "timed out in sent (no reply to a dispatched job)"),
        .init(103, "EC_Holding", "timed out in holding"),
        .init(104, "EC_Transferring", "timed out in transferring"),
        .init(105, "EC_Timeout", "timed out in another status"),
    ]

    /// `superrorcode`; larger numbers are Harvester's own.
    static let supervisor: [ErrorCodeEntry] = [
        .init(0, "SUCCEEDE", "no error"),
        .init(1, "INVALID_BATCH_ID", "batch id invalid"),
        .init(2, "WORKER_ALREADY_DONE", "worker was already done"),
    ]

    /// `exeerrorcode` of old pilots.
    static let executor: [ErrorCodeEntry] = [
        .init(99, "", "transform error code mismatch"),
        .init(100, "", "transform not found in run directory"),
    ]
}
