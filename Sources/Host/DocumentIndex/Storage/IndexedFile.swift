package import LocalFiles
import Sealing

/// A file that goes into a collection.
package struct IndexedFile: Hashable, Sendable {
    /// Its path below the folder that is indexed.
    package let path: String
    package let format: DocumentFormat
    package let bytes: [UInt8]

    package init(path: String, format: DocumentFormat, bytes: [UInt8]) {
        self.path = path
        self.format = format
        self.bytes = bytes
    }
}

/// What is read of a folder, and what is not.
package struct DocumentFolder: Sendable {
    /// The files by path.
    package let files: [IndexedFile]
    /// The files that look like documents and could not be read, each with the reason.
    package let skipped: [String]

    private static let deepest = 32

    /// Reads the documents of a folder; blocks.
    ///
    /// No link is followed, and names that begin with a dot are passed over. A file longer than `maximumBytes` is skipped.
    /// - Throws: also when there are more than `maximumFiles` entries, of whatever kind.
    package init(reading folder: Folder, maximumFiles: Int, maximumBytes: Int) throws(FileFailure) {
        var files: [IndexedFile] = []
        var skipped: [String] = []
        let entries = try folder.everything(atMost: maximumFiles, depth: Self.deepest).sorted { $0.path < $1.path }
        for entry in entries where !entry.path.split(separator: "/").contains(where: { $0.hasPrefix(".") }) {
            guard entry.kind != .folder, let format = DocumentFormat(path: entry.path) else {
                if entry.kind == .other { skipped.append("\(entry.path) is a link or no file.") }
                continue
            }
            guard entry.kind == .file else {
                skipped.append("\(entry.path) is a link or no file.")
                continue
            }
            do throws(FileFailure) {
                let bytes = try folder.read(entry.path, maximumBytes: maximumBytes)
                files.append(IndexedFile(path: entry.path, format: format, bytes: bytes))
            } catch {
                skipped.append(error.reason)
            }
        }
        self.files = files
        self.skipped = skipped
    }
}

/// How addresses of sections are made.
package struct DocumentAddresses: Hashable, Sendable {
    /// The address of the folder; nil when its documents have none.
    package let base: String?
    /// What stands there in the place of `.rst` and `.md`.
    package let suffix: String

    package init(base: String?, suffix: String = ".html") {
        self.base = base
        self.suffix = suffix
    }

    /// Whether a base can be one: an `http` or `https` address without a query, of plain characters.
    package static func isBase(_ text: String) -> Bool {
        guard text.hasPrefix("https://") || text.hasPrefix("http://"), text.utf8.count <= 1024 else { return false }
        return text.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != 0x22 && $0 != 0x3C && $0 != 0x3E }
            && !text.contains("?") && !text.contains("#")
    }

    func url(of path: String, anchor: String?) -> String? {
        guard let base else { return nil }
        let stem = path.lastIndex(of: ".").map { path[..<$0] } ?? path[...]
        let address = base + (base.hasSuffix("/") ? "" : "/") + Self.encoded(String(stem)) + suffix
        return anchor.map { address + "#" + Self.encoded($0) } ?? address
    }

    /// What may not stand in a path (RFC 3986, section 3.3) as `%XX`.
    private static func encoded(_ text: String) -> String {
        var encoded: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"), UInt8(ascii: "/"):
                encoded.append(byte)
            default:
                encoded += [UInt8(ascii: "%"), digit(byte >> 4), digit(byte & 0xF)]
            }
        }
        return String(decoding: encoded, as: UTF8.self)
    }

    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "A") + value - 10
    }

    /// Tells the content of a file, and all that its passages depend on, from any other.
    func hash(of file: IndexedFile, version: Int, passageBytes: Int) -> String {
        let settings = "\(version)\n\(passageBytes)\n\(base ?? "")\n\(suffix)\n\(file.path)\n"
        return Digest.sha256Text(Array(settings.utf8) + file.bytes)
    }
}
