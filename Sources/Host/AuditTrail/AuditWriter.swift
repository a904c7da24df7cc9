import FoundationEssentials
import LocalFiles
import Observability
import Synchronization

/// Writes lines to the last file of a folder, and begins the next when it is full.
final class AuditWriter: Sendable {
    private struct State: ~Copyable {
        var chain: AuditChain
        var file: AuditFile
    }

    private let folder: AuditFolder
    /// Two gateways would not follow from each other's lines.
    private let lock: FileLock
    private let state: Mutex<State>

    init(_ settings: AuditSettings, version: String) throws(AuditFailure) {
        let folder = AuditFolder(settings.folder)
        try folder.prepare()
        lock = try folder.lock()
        self.folder = folder
        let path = try folder.files().last ?? folder.file(beginningWith: 1)
        var file = try AuditFile(path)
        let end = try AuditTail.read(path, beginsWith: AuditFolder.number(of: path) ?? 1)
        var records: [AuditRecord] = []
        if end.bytes < file.bytes {
            records.append(.mended(bytes: file.bytes - end.bytes, .now()))
            file.cut(to: end.bytes)
        }
        records.append(.begun(version: version, .now()))
        state = Mutex(State(chain: end.chain, file: file))
        try write(records, settings)
        folder.deleteFiles(olderThan: settings.retention)
    }

    /// Adds lines, all or none.
    func write(_ records: [AuditRecord], _ settings: AuditSettings) throws(AuditFailure) {
        try state.withLock { (state) throws(AuditFailure) in
            if state.file.bytes >= settings.fileBytes {
                state.file = try AuditFile(folder.file(beginningWith: state.chain.number + 1))
                folder.deleteFiles(olderThan: settings.retention)
            }
            var chain = state.chain
            var lines: [UInt8] = []
            for record in records { lines += chain.line { record.write(to: &$0, settings) } }
            try state.file.append(lines)
            state.chain = chain
        }
    }
}

/// The end of a file of the trail.
struct AuditTail {
    let chain: AuditChain
    /// How many bytes the whole lines have.
    let bytes: Int

    /// Finds the last line.
    ///
    /// What follows it without a line break was cut off when the machine stopped in the middle.
    /// - Throws: `AuditFailure` when the last line is none of a trail, which only somebody can have done.
    static func read(_ path: String, beginsWith first: UInt64) throws(AuditFailure) -> AuditTail {
        guard let data = try? Data(contentsOf: URL(filePath: path), options: .mappedIfSafe) else {
            throw AuditFailure("The audit file \(path) cannot be read.")
        }
        let lineBreak = UInt8(ascii: "\n")
        guard let end = data.lastIndex(of: lineBreak) else {
            guard first == 1 else { return try following(path, first) }
            return AuditTail(chain: AuditChain(), bytes: 0)
        }
        let begin = data[..<end].lastIndex(of: lineBreak).map { $0 + 1 } ?? data.startIndex
        guard let chain = AuditChain(after: Array(data[begin..<end])) else {
            throw AuditFailure(
                "The last line of \(path) is no line of an audit trail. Run `beamline audit verify`, and move the folder away."
            )
        }
        return AuditTail(chain: chain, bytes: end + 1 - data.startIndex)
    }

    /// A file without any line follows the one before it.
    private static func following(_ path: String, _ first: UInt64) throws(AuditFailure) -> AuditTail {
        let folder = AuditFolder(String(path.dropLast(path.split(separator: "/").last.map { $0.count + 1 } ?? 0)))
        guard let before = try folder.files().last(where: { $0 < path }) else {
            throw AuditFailure("The audit file \(path) is empty, and the one before it is gone.")
        }
        let end = try read(before, beginsWith: AuditFolder.number(of: before) ?? 1)
        return AuditTail(chain: end.chain, bytes: 0)
    }
}
