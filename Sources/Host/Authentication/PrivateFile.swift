import FoundationEssentials

/// A small file that only its owner may read.
struct PrivateFile: Sendable {
    let path: String

    /// Puts a complete file in place of an older one.
    ///
    /// The file is made inside a new folder of its own that nobody else may enter, so that there is no moment at which
    /// others could open it or have put something in its place.
    func write(_ bytes: [UInt8]) throws(DevelopmentIssuerError) {
        let files = FileManager.default
        let folder = path + ".new-" + String(UInt64.random(in: .min ... .max), radix: 36)
        let draft = folder + "/key"
        defer { try? files.removeItem(atPath: folder) }
        do {
            try files.createDirectory(atPath: folder, withIntermediateDirectories: false)
            try files.setAttributes([.posixPermissions: 0o700], ofItemAtPath: folder)
            try Data(bytes).write(to: URL(filePath: draft), options: .withoutOverwriting)
            try files.setAttributes([.posixPermissions: 0o600], ofItemAtPath: draft)
            if files.fileExists(atPath: path) { try files.removeItem(atPath: path) }
            try files.moveItem(atPath: draft, toPath: path)
        } catch {
            throw .cannotWrite(path: path, detail: String(describing: error))
        }
    }

    /// The bytes, unless others may read them too.
    func read() throws(DevelopmentIssuerError) -> [UInt8] {
        let files = FileManager.default
        guard let attributes = try? files.attributesOfItem(atPath: path) else { throw .noKeyFile(path: path) }
        guard let permissions = attributes[.posixPermissions] as? Int, permissions & 0o077 == 0 else {
            throw .unsafePermissions(path: path)
        }
        guard let data = try? Data(contentsOf: URL(filePath: path)) else { throw .badKeyFile(path: path) }
        return Array(data)
    }

    func remove() {
        try? FileManager.default.removeItem(atPath: path)
    }
}
