import Glibc
import LocalFiles
import Logging

/// How commands find the gateway that runs: it holds a lock in its state folder, and the system knows who holds a lock.
///
/// Nothing is written to be read later, so nothing can be out of date: a gateway that ends, however it ends, holds no
/// lock any more.
enum GatewayLock {
    private static func path(in folder: String) -> String { folder + "/gateway.lock" }

    /// Takes the lock for as long as the result lives.
    ///
    /// A gateway that cannot serves all the same, and says that commands do not find it.
    static func take(in folder: String, logger: Logger) -> FileLock? {
        do {
            try StateFolder.prepare(folder)
            if let lock = try FileLock.take(path(in: folder), waits: false) { return lock }
            logger.warning(
                "another gateway uses this state folder; commands reach that one",
                metadata: ["folder": "\(folder)"]
            )
        } catch {
            logger.warning(
                "commands cannot reach this gateway: its state folder cannot be used",
                metadata: ["folder": "\(folder)", "reason": "\(error)"]
            )
        }
        return nil
    }

    /// What came of a wish to reload.
    enum Answer {
        /// The process that was told.
        case told(Int32)
        case nobody
    }

    /// Has the running gateway read its configuration again, by SIGHUP.
    /// - Throws: `CommandFailure` when there is one that cannot be told.
    static func reload(in folder: String) throws -> Answer {
        let holder: Int32?
        do {
            holder = try FileLock.holder(of: path(in: folder))
        } catch {
            throw CommandFailure.unreachable("\(error) Run this as the gateway's user.")
        }
        guard let holder else { return .nobody }
        guard holder > 1 else {
            throw CommandFailure.unreachable("The gateway runs in another container; send SIGHUP to it there.")
        }
        guard kill(holder, SIGHUP) == 0 else {
            throw CommandFailure.unreachable(
                "The gateway (process \(holder)) runs as another user; run this as that user or as root."
            )
        }
        return .told(holder)
    }
}
