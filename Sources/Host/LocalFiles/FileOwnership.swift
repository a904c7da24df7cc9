import Glibc

/// Who may change a file.
package enum FileOwnership {
    /// Whether nobody but its owner may read or write a file; false also when it cannot be examined.
    package static func isPrivate(_ path: String) -> Bool {
        var status = stat()
        return unsafe stat(path, &status) == 0 && status.st_mode & 0o077 == 0
    }

    /// Whether a file and its folder belong to the owner of another file, and nobody else may write them.
    ///
    /// False also when one of them cannot be examined.
    package static func isKept(_ path: String, byOwnerOf other: String) -> Bool {
        var owner = stat()
        guard unsafe stat(other, &owner) == 0 else { return false }
        return [path, AtomicFile.parent(of: path)].allSatisfy { path in
            var status = stat()
            guard unsafe stat(path, &status) == 0 else { return false }
            return status.st_uid == owner.st_uid && status.st_mode & 0o022 == 0
        }
    }
}
