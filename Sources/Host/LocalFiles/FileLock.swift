import Glibc

/// A lock between processes, which the system gives up when its holder ends, however it ends (POSIX record lock).
///
/// Within one process it keeps nobody out.
package final class FileLock: Sendable {
    private let descriptor: Descriptor

    private init(_ descriptor: Descriptor) {
        self.descriptor = descriptor
    }

    /// Takes the lock of a file, which is made when it is not there.
    ///
    /// Blocks when it is to wait.
    /// - Returns: nil when another process has it and this one does not wait.
    package static func take(_ path: String, waits: Bool) throws(FileFailure) -> FileLock? {
        let number = unsafe open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard number >= 0 else { throw FileFailure("\(path) cannot be opened", errno: errno) }
        let file = Descriptor(number)
        var folder = stat()
        if unsafe stat(AtomicFile.parent(of: path), &folder) == 0 { try AtomicFile.give(file, to: folder, path) }
        while true {
            var region = whole(F_WRLCK)
            if unsafe fcntl(number, waits ? F_SETLKW : F_SETLK, &region) == 0 { return FileLock(file) }
            if errno == EINTR { continue }
            if errno == EAGAIN || errno == EACCES { return nil }
            throw FileFailure("\(path) cannot be locked", errno: errno)
        }
    }

    /// The process that holds the lock of a file, as the system knows it; nil when none does.
    package static func holder(of path: String) throws(FileFailure) -> Int32? {
        let number = unsafe open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
        guard number >= 0 else {
            if errno == ENOENT { return nil }
            throw FileFailure("\(path) cannot be opened", errno: errno)
        }
        let file = Descriptor(number)
        var region = whole(F_WRLCK)
        guard unsafe fcntl(file.number, F_GETLK, &region) == 0 else {
            throw FileFailure("\(path) cannot be examined", errno: errno)
        }
        return Int32(region.l_type) == F_UNLCK ? nil : region.l_pid
    }

    private static func whole(_ type: CInt) -> flock {
        var region = flock()
        region.l_type = Int16(type)
        region.l_whence = Int16(SEEK_SET)
        return region
    }
}
