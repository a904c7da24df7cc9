import Glibc

/// Puts a whole new content in the place of a file: readers find the old one or the new one, never a part.
package enum AtomicFile {
    /// Replaces a file, or makes it.
    ///
    /// A file that is there keeps its mode and owner; a new one has the mode given and the owner of its folder. A link is
    /// followed, so that it stays one. Blocks.
    package static func replace(_ path: String, with content: [UInt8], newMode: UInt32 = 0o600) throws(FileFailure) {
        let target = LocalFile.resolved(path) ?? path
        let folder = parent(of: target)
        var status = stat()
        let exists = unsafe stat(target, &status) == 0
        if exists, status.st_mode & S_IFMT != S_IFREG { throw FileFailure("\(target) is not a file.") }
        let mode = exists ? status.st_mode & 0o7777 : newMode
        if !exists, unsafe stat(folder, &status) != 0 {
            throw FileFailure("The folder \(folder) cannot be examined", errno: errno)
        }
        let draft = draft(of: target)
        let number = unsafe open(draft, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard number >= 0 else { throw FileFailure("\(target) cannot be replaced", errno: errno) }
        let file = Descriptor(number)
        do throws(FileFailure) {
            try file.write(content, draft)
            try give(file, to: status, target)
            guard fchmod(file.number, mode) == 0, fsync(file.number) == 0, unsafe rename(draft, target) == 0 else {
                throw FileFailure("\(target) cannot be replaced", errno: errno)
            }
        } catch {
            _ = unsafe unlink(draft)
            throw error
        }
        sync(folder)
    }

    /// Makes a file that must not be there yet, with this mode whatever the umask says; blocks.
    package static func create(_ path: String, with content: [UInt8], mode: UInt32) throws(FileFailure) {
        let number = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard number >= 0 else { throw FileFailure("\(path) cannot be made", errno: errno) }
        let file = Descriptor(number)
        try file.write(content, path)
        guard fchmod(number, mode) == 0, fsync(number) == 0 else {
            throw FileFailure("\(path) cannot be written", errno: errno)
        }
    }

    /// Makes a file unless one is there, with this mode whatever the umask says; blocks.
    ///
    /// Of several programs that do so at once one does, and none ever sees a part of it.
    package static func ensure(_ path: String, content: [UInt8], mode: UInt32) throws(FileFailure) {
        let draft = draft(of: path)
        try create(draft, with: content, mode: mode)
        defer { _ = unsafe unlink(draft) }
        guard unsafe link(draft, path) == 0 || errno == EEXIST else {
            throw FileFailure("\(path) cannot be made", errno: errno)
        }
        sync(parent(of: path))
    }

    private static func draft(of path: String) -> String {
        "\(path).new-\(String(UInt64.random(in: .min ... .max), radix: 36))"
    }

    /// A file that another user's program must read stays that user's, also when root writes it.
    static func give(_ file: Descriptor, to owner: stat, _ path: String) throws(FileFailure) {
        let status = try file.status(path)
        guard status.st_uid != owner.st_uid || status.st_gid != owner.st_gid else { return }
        if fchown(file.number, owner.st_uid, owner.st_gid) == 0 { return }
        // A group that is not ours is no loss; another owner would be one.
        guard status.st_uid == owner.st_uid else {
            throw FileFailure("\(path) belongs to another user; run this as that user or as root.")
        }
    }

    static func parent(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// Makes the new name last; one that cannot is no worse than a name that was not changed.
    private static func sync(_ folder: String) {
        let number = unsafe open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard number >= 0 else { return }
        fsync(number)
        close(number)
    }
}
