import Glibc

/// A file by its path, in which links count.
package enum LocalFile {
    /// The path of the same file without links, `.` and `..`; nil for what is not there.
    package static func resolved(_ path: String) -> String? {
        guard let real = unsafe realpath(path, nil) else { return nil }
        defer { unsafe free(real) }
        return unsafe String(cString: real)
    }

    /// Whether a path leads to a folder.
    package static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// All bytes of a regular file, of which there may be at most so many; blocks.
    package static func read(_ path: String, maximumBytes: Int) throws(FileFailure) -> [UInt8] {
        let number = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard number >= 0 else { throw FileFailure("The file \(path) cannot be read", errno: errno) }
        return try Descriptor(number).content(path, maximumBytes)
    }
}
