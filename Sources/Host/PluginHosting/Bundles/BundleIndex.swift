import JSON
import Sealing

/// `bundle.json`: every file of a bundle with its size and SHA-256, and the only thing that is signed.
package struct BundleIndex: Hashable, Sendable {
    static let schema = "beamline.bundle/1"

    package struct File: Hashable, Sendable {
        /// Relative to the bundle.
        package let path: String
        /// As 64 lower-case hexadecimal digits.
        package let sha256: String
        package let size: Int
        /// The machine the file is the library for; nil for other files.
        package let target: BundleTarget?

        /// Whether these are the file's bytes.
        func isMade(of bytes: [UInt8]) -> Bool { bytes.count == size && Digest.sha256Text(bytes) == sha256 }
    }

    package let files: [File]

    /// The library for a machine.
    package func library(for target: BundleTarget) -> File? { files.first { $0.target == target } }

    /// The machines there is a library for.
    package var targets: [BundleTarget] { BundleTarget.allCases.filter { library(for: $0) != nil } }

    /// What is written to the file: one line for each file of the bundle.
    package var serialized: [UInt8] {
        let lines = files.sorted { $0.path < $1.path }.map { file in
            var members: [JSONObject.Member] = [
                .init(name: "path", value: .string(file.path)), .init(name: "size", value: .integer(file.size)),
                .init(name: "sha256", value: .string(file.sha256)),
            ]
            if let target = file.target { members.append(.init(name: "target", value: .string(target.rawValue))) }
            return "    " + String(decoding: JSONValue.object(JSONObject(members: members)).serialized, as: UTF8.self)
        }
        return Array(
            "{\n  \"schema\": \"\(Self.schema)\",\n  \"files\": [\n\(lines.joined(separator: ",\n"))\n  ]\n}\n".utf8
        )
    }
}

extension BundleIndex {
    /// Reads an index.
    package init(parsing bytes: [UInt8], limits: BundleLimits = BundleLimits()) throws(BundleFailure) {
        let root: JSONValue
        do {
            root = try JSONValue(parsing: bytes, limits: JSONLimits(depth: 8, bytes: BundleLimits.indexBytes))
        } catch {
            throw BundleFailure(.file, "bundle.json is not JSON: \(error).")
        }
        guard root["schema"]?.string == Self.schema else {
            throw BundleFailure(.file, "bundle.json must say \"schema\": \"\(Self.schema)\"; sign the bundle anew.")
        }
        guard let values = root["files"]?.array, values.count <= limits.files else {
            throw BundleFailure(.file, "bundle.json must have a list of at most \(limits.files) files.")
        }
        var files: [File] = []
        var total = 0
        for value in values {
            let file = try Self.file(value)
            guard file.size <= limits.bytes - total else {
                throw BundleFailure(.file, "The files of the bundle have more than \(limits.bytes) bytes.")
            }
            total += file.size
            files.append(file)
        }
        try self.init(checking: files)
    }

    /// An index of files, if they are a bundle.
    init(checking files: [File]) throws(BundleFailure) {
        var paths: Set<String> = []
        var targets: Set<BundleTarget> = []
        for file in files {
            guard paths.insert(file.path).inserted else {
                throw BundleFailure(.file, "bundle.json names \(file.path) twice.")
            }
            if let target = file.target, !targets.insert(target).inserted {
                throw BundleFailure(.file, "bundle.json has two libraries for \(target.rawValue).")
            }
        }
        guard paths.contains(BundlePath.manifest) else {
            throw BundleFailure(.file, "The bundle has no manifest.json.")
        }
        self.files = files
    }

    private static func file(_ value: JSONValue) throws(BundleFailure) -> File {
        guard let path = value["path"]?.string, BundlePath.isAcceptable(path) else {
            throw BundleFailure(.file, "A path in bundle.json is not acceptable; one \(BundlePath.rule).")
        }
        guard let digest = value["sha256"]?.string, isDigest(digest), let size = value["size"]?.integer, size >= 0
        else {
            throw BundleFailure(.file, "bundle.json must give size and sha256 of \(path).")
        }
        var target: BundleTarget?
        if let word = value["target"] {
            target = word.string.flatMap(BundleTarget.init)
            // A library for a machine of later versions is a file like others.
            guard target != nil || word.string != nil else {
                throw BundleFailure(.file, "bundle.json has a target of \(path) that is no text.")
            }
        }
        return File(path: path, sha256: digest, size: size, target: target)
    }

    private static func isDigest(_ text: String) -> Bool {
        text.utf8.count == 64
            && text.utf8.allSatisfy {
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
                    || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0)
            }
    }
}
