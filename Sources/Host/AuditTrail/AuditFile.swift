import Glibc

/// One file of a trail, open at its end.
struct AuditFile: ~Copyable {
    private let descriptor: CInt
    private(set) var bytes: Int

    /// Opens a file, which is made for the owner alone when it is not there.
    init(_ path: String) throws(AuditFailure) {
        descriptor = unsafe open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw AuditFailure("The audit file \(path) cannot be opened: \(Self.reason).") }
        bytes = Int(lseek(descriptor, 0, SEEK_END))
    }

    deinit { close(descriptor) }

    /// Adds lines, all or none, and waits until they are on the disk.
    mutating func append(_ lines: [UInt8]) throws(AuditFailure) {
        var rest = lines[...]
        while !rest.isEmpty {
            let written = unsafe rest.withUnsafeBytes { buffer in
                unsafe write(descriptor, buffer.baseAddress, buffer.count)
            }
            if written < 0, errno == EINTR { continue }
            guard written > 0 else {
                let reason = Self.reason
                // A part of a line would make the rest unreadable.
                ftruncate(descriptor, off_t(bytes))
                throw AuditFailure("The audit file cannot be written: \(reason).")
            }
            rest = rest.dropFirst(written)
        }
        bytes += lines.count
        fdatasync(descriptor)
    }

    /// Cuts the file off.
    mutating func cut(to length: Int) {
        ftruncate(descriptor, off_t(length))
        bytes = length
    }

    private static var reason: String { unsafe String(cString: strerror(errno)) }
}

/// Keeps a folder for one gateway: two would not follow from each other's lines.
final class AuditLock: Sendable {
    private let descriptor: CInt
    /// How often a lock that is taken is looked at again, 50 ms apart.
    private static let tries = 60

    init(_ folder: AuditFolder) throws(AuditFailure) {
        descriptor = unsafe open("\(folder.path)/lock", O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw AuditFailure("The audit folder \(folder.path) cannot be written.") }
        // A process that is being started has a copy of every descriptor for a moment, and with it of a former lock.
        var isTaken = flock(descriptor, LOCK_EX | LOCK_NB) != 0
        for _ in 0..<Self.tries where isTaken {
            usleep(50_000)
            isTaken = flock(descriptor, LOCK_EX | LOCK_NB) != 0
        }
        guard !isTaken else {
            close(descriptor)
            throw AuditFailure(
                "Another gateway runs with this configuration, or writes to the same audit folder, \(folder.path). Stop it, or give each an audit.directory of its own.",
                isTaken: true
            )
        }
    }

    deinit { close(descriptor) }
}
