import Glibc

/// An open folder in which names are looked up without ever following a symbolic link.
///
/// What lies in it may be changed by others meanwhile; whoever reads a file gets the bytes of that moment and checks
/// those. All functions block.
package final class Folder: Sendable {
    /// Something a folder has.
    package struct Entry: Hashable, Sendable {
        package enum Kind: Hashable, Sendable {
            case file, folder
            /// A symbolic link, a device, a socket or a pipe.
            case other
        }

        /// The names from the folder down, joined by slashes.
        package let path: String
        package let kind: Kind
    }

    /// As it was opened, for messages.
    package let path: String
    private let descriptor: Descriptor

    /// Opens a folder by its path, in which links count.
    package convenience init(path: String) throws(FileFailure) {
        let number = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard number >= 0 else { throw FileFailure("The folder \(path) cannot be opened", errno: errno) }
        self.init(path: path, Descriptor(number))
    }

    private init(path: String, _ descriptor: Descriptor) {
        self.path = path
        self.descriptor = descriptor
    }

    /// The bytes of a file below, of which there may be at most so many.
    package func read(_ relative: String, maximumBytes: Int) throws(FileFailure) -> [UInt8] {
        let names = relative.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        var folder = self
        for name in names.dropLast() { folder = try folder.subfolder(name) }
        let whole = "\(path)/\(relative)"
        return try folder.descriptor(of: names[names.count - 1], O_NONBLOCK, whole).content(whole, maximumBytes)
    }

    /// Everything below, in no order.
    /// - Throws: also when there is more than so many.
    package func everything(atMost limit: Int, depth: Int = 8) throws(FileFailure) -> [Entry] {
        var entries: [Entry] = []
        try gather(into: &entries, below: "", limit, depth)
        return entries
    }

    /// What lies in the folder itself, in no order.
    /// - Throws: also when there is more than so many.
    package func entries(atMost limit: Int) throws(FileFailure) -> [Entry] {
        var entries: [Entry] = []
        for name in try names(limit + 1) { entries.append(Entry(path: name, kind: try kind(of: name))) }
        guard entries.count <= limit else { throw FileFailure("\(path) holds more than \(limit) entries.") }
        return entries
    }

    private func gather(
        into entries: inout [Entry],
        below prefix: String,
        _ limit: Int,
        _ depth: Int
    ) throws(FileFailure) {
        guard depth > 0 else { throw FileFailure("\(path) lies too deep.") }
        for name in try names(limit + 1) {
            let kind = try kind(of: name)
            entries.append(Entry(path: prefix + name, kind: kind))
            guard entries.count <= limit else { throw FileFailure("\(path) holds more than \(limit) files.") }
            guard kind == .folder else { continue }
            try subfolder(name).gather(into: &entries, below: "\(prefix)\(name)/", limit, depth - 1)
        }
    }

    private func subfolder(_ name: String) throws(FileFailure) -> Folder {
        Folder(path: "\(path)/\(name)", try descriptor(of: name, O_DIRECTORY, "\(path)/\(name)"))
    }

    private func descriptor(of name: String, _ flags: CInt, _ whole: String) throws(FileFailure) -> Descriptor {
        guard !["", ".", ".."].contains(name) else { throw FileFailure("\(whole) is no path.") }
        let number = unsafe openat(descriptor.number, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | flags)
        guard number >= 0 else {
            if errno == ELOOP { throw FileFailure("\(whole) is a symbolic link; put the file itself there.") }
            throw FileFailure("\(whole) cannot be opened", errno: errno)
        }
        return Descriptor(number)
    }

    private func kind(of name: String) throws(FileFailure) -> Entry.Kind {
        var status = stat()
        guard unsafe fstatat(descriptor.number, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else {
            throw FileFailure("\(path)/\(name) cannot be examined", errno: errno)
        }
        return switch status.st_mode & S_IFMT {
        case S_IFREG: .file
        case S_IFDIR: .folder
        default: .other
        }
    }

    /// At most so many names, without `.` and `..`.
    private func names(_ limit: Int) throws(FileFailure) -> [String] {
        // The stream owns its descriptor, so it gets one of its own.
        let copy = unsafe openat(descriptor.number, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard copy >= 0, let stream = unsafe fdopendir(copy) else {
            throw FileFailure("The folder \(path) cannot be read", errno: errno)
        }
        defer { _ = unsafe closedir(stream) }
        var names: [String] = []
        while names.count < limit, let entry = unsafe readdir(stream) {
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) {
                unsafe $0.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }
}
