import FoundationEssentials
import LocalFiles

/// The files of a trail: `audit-NUMBER.jsonl`, named after their first line.
package struct AuditFolder: Hashable, Sendable {
    package let path: String

    package init(_ path: String) {
        self.path = path
    }

    /// The files in the order in which they were written.
    /// - Throws: `AuditFailure` when the folder cannot be read.
    package func files() throws(AuditFailure) -> [String] {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: path)
                .filter { Self.number(of: $0) != nil }
                // The numbers have as many digits each.
                .sorted().map { "\(path)/\($0)" }
        } catch {
            throw AuditFailure("The audit folder \(path) cannot be read; check audit.directory.")
        }
    }

    /// The file whose first line has this number.
    func file(beginningWith number: UInt64) -> String {
        let digits = String(number)
        return "\(path)/audit-\(String(repeating: "0", count: max(0, Self.digits - digits.count)))\(digits).jsonl"
    }

    /// The number of a file's first line; nil for a file that is not of a trail.
    package static func number(of file: String) -> UInt64? {
        let name = file.split(separator: "/").last.map(String.init) ?? file
        guard name.hasPrefix("audit-"), name.hasSuffix(".jsonl") else { return nil }
        let digits = name.dropFirst("audit-".count).dropLast(".jsonl".count)
        return digits.count == Self.digits ? UInt64(digits) : nil
    }

    /// Makes the folder, for the owner alone.
    func prepare() throws(AuditFailure) {
        do {
            try FileManager.default.createDirectory(
                atPath: path,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
        } catch {
            throw AuditFailure("The audit folder \(path) cannot be made; check audit.directory.")
        }
    }

    /// Keeps the folder for this process.
    func lock() throws(AuditFailure) -> FileLock {
        do throws(FileFailure) {
            if let lock = try FileLock.take("\(path)/lock", waits: false) { return lock }
        } catch {
            throw AuditFailure("The audit folder \(path) cannot be locked: \(error.reason)")
        }
        throw AuditFailure(
            "Another gateway runs with this configuration, or writes to the same audit folder, \(path). Stop it, or give each an audit.directory of its own.",
            isTaken: true
        )
    }

    /// Deletes finished files whose last line is older than that.
    func deleteFiles(olderThan retention: Duration) {
        guard let files = try? files() else { return }
        let oldest = Date(timeIntervalSinceNow: -(retention / .seconds(1)))
        for file in files.dropLast() {
            let attributes = try? FileManager.default.attributesOfItem(atPath: file)
            guard let changed = attributes?[.modificationDate] as? Date, changed < oldest else { continue }
            try? FileManager.default.removeItem(atPath: file)
        }
    }

    private static let digits = 20
}

/// Why a trail cannot be written or read.
///
/// For the operator.
package struct AuditFailure: Error, Hashable, Sendable, CustomStringConvertible {
    package let description: String
    /// Whether another gateway holds the folder.
    package let isTaken: Bool

    init(_ description: String, isTaken: Bool = false) {
        self.description = description
        self.isTaken = isTaken
    }
}
