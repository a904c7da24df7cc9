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
