internal import GRDBSQLite
internal import GatewayCore
internal import Synchronization

/// Ends a running statement when its answer is no longer wanted.
///
/// One per statement.
final class QueryWatch: Sendable {
    /// How many steps of SQLite's virtual machine pass between two looks at the clock: some 20 µs.
    private static let stepsBetweenLooks: Int32 = 1000
    /// How long one wait for another process's lock lasts.
    private static let lockWait: Duration = .milliseconds(5)

    private let deadline: Deadline
    private let busyTimeout: Duration
    private let isCancelled = Atomic(false)

    init(deadline: Deadline, busyTimeout: Duration) {
        self.deadline = deadline
        self.busyTimeout = busyTimeout
    }

    /// Says that nobody waits any more; from any thread.
    func cancel() {
        isCancelled.store(true, ordering: .relaxed)
    }

    /// Why the statement should end; nil while its answer is wanted.
    var verdict: SourceError? {
        if isCancelled.load(ordering: .relaxed) { return .cancelled }
        return deadline.hasPassed ? .timeout : nil
    }

    /// Runs the body while SQLite asks this watch, on the connection's thread.
    func guarding<Value>(
        _ connection: OpaquePointer,
        _ body: () throws(SourceError) -> Value
    ) throws(SourceError) -> Value {
        let context = unsafe Unmanaged.passUnretained(self).toOpaque()
        unsafe sqlite3_progress_handler(
            connection,
            Self.stepsBetweenLooks,
            { unsafe QueryWatch.at($0)?.verdict == nil ? 0 : 1 },
            context
        )
        unsafe sqlite3_busy_handler(
            connection,
            { unsafe QueryWatch.at($0)?.waitsForLock(attempt: Int($1)) == true ? 1 : 0 },
            context
        )
        defer {
            unsafe sqlite3_progress_handler(connection, 0, nil, nil)
            unsafe sqlite3_busy_handler(connection, nil, nil)
        }
        return try body()
    }

    private func waitsForLock(attempt: Int) -> Bool {
        guard verdict == nil, Self.lockWait * attempt < busyTimeout else { return false }
        sqlite3_sleep(Int32(Self.lockWait / .milliseconds(1)))
        return true
    }

    private static func at(_ context: UnsafeMutableRawPointer?) -> QueryWatch? {
        guard let context = unsafe context else { return nil }
        return unsafe Unmanaged<QueryWatch>.fromOpaque(context).takeUnretainedValue()
    }
}
