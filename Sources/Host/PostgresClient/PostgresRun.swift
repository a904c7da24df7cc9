internal import GatewayCore

/// A statement while a connection is busy with it; used on the connection's queue only.
///
/// It outlives its caller: after a time-out, a cancellation or enough rows the caller has been answered, and the
/// connection brings what runs to an end before it is free.
final class PostgresRun {
    let ticket: UInt64
    let execution: any Executing
    let whenFree: @Sendable () -> Void

    /// What was sent and is still to be answered, from `position` on; empty while connecting.
    var script: [PipelineStep] = []
    var position = 0
    /// The first error that matters.
    var failure: PostgresError?
    var hasBegun = false
    var wantsRows = true
    var asksForSingleRows = false

    /// The statement's name on the server.
    var name = ""
    /// Whether the server had prepared the statement before.
    var wasPrepared = false
    /// How many parameters the server says the statement has.
    var parameterCount: Int?
    var isRetry = false
    var isRollingBack = false

    /// Bytes that came since the last result.
    var pendingBytes = 0
    /// Bytes of rows nobody wants.
    var unwantedBytes = 0

    /// When the server is asked to end the statement, unless it has ended.
    var cancelAt: SuspendingClock.Instant?
    /// When the connection is given up, unless the statement has ended.
    var dropAt: SuspendingClock.Instant?
    /// Whether the server is being asked: the next statement must not begin before it has heard.
    var isCancelling = false
    /// Whether all results have come.
    var isComplete = false

    init(ticket: UInt64, execution: any Executing, whenFree: @escaping @Sendable () -> Void) {
        self.ticket = ticket
        self.execution = execution
        self.whenFree = whenFree
    }

    var step: PipelineStep? { position < script.count ? script[position] : nil }

    /// When there is something to do though nothing comes from the server.
    var wake: SuspendingClock.Instant? {
        guard execution.isSettled else { return execution.deadline.instant }
        return script.isEmpty ? nil : dropAt ?? cancelAt
    }

    /// Forgets the first attempt.
    func startOver() {
        script = []
        position = 0
        failure = nil
        asksForSingleRows = false
        parameterCount = nil
        isRetry = true
        isRollingBack = false
        pendingBytes = 0
    }

    /// Whether the statement failed only because what the server had prepared is out of date.
    var canStartOver: Bool {
        guard let failure, wasPrepared, !isRetry, !hasBegun, !execution.isSettled else { return false }
        // "cached plan must not change result type", and a statement somebody deallocated.
        return failure.sqlState == "0A000" || failure.sqlState == "26000"
    }
}
