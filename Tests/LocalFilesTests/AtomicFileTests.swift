import Foundation
import LocalFiles
import TestSupport
import Testing

@Suite("Files replaced whole, and locks")
struct AtomicFileTests {
    private let folder: String

    init() throws {
        folder = try RunFolder.current.subfolder("atomic")
    }

    private func mode(_ path: String) throws -> Int? {
        (try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? NSNumber)?.intValue
    }

    private func content(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

    @Test func `a new file has the mode asked for, an old one keeps its own`() throws {
        let path = "\(folder)/file"
        try AtomicFile.replace(path, with: Array("one".utf8), newMode: 0o640)
        #expect(try mode(path) == 0o640)
        #expect(unsafe chmod(path, 0o604) == 0)
        try AtomicFile.replace(path, with: Array("two".utf8))
        #expect(try mode(path) == 0o604)
        #expect(try content(path) == "two")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["file"])
    }

    @Test func `of many that make a file one does, and all find it whole`() async throws {
        let path = "\(folder)/file"
        let found = try await withThrowingTaskGroup(of: String.self) { group in
            for number in 0..<8 {
                group.addTask {
                    try AtomicFile.ensure(path, content: Array("key \(number)".utf8), mode: 0o600)
                    return try content(path)
                }
            }
            return try await group.reduce(into: Set()) { $0.insert($1) }
        }
        #expect(found.count == 1)
        #expect(try mode(path) == 0o600)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["file"])
    }

    @Test func `a link stays one, and what it names is replaced`() throws {
        let path = "\(folder)/real"
        try AtomicFile.replace(path, with: Array("one".utf8))
        try FileManager.default.createSymbolicLink(atPath: "\(folder)/link", withDestinationPath: path)
        try AtomicFile.replace("\(folder)/link", with: Array("two".utf8))
        #expect(try content(path) == "two")
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: "\(folder)/link") == path)
    }

    @Test func `a folder is not replaced, and nothing is left behind`() throws {
        try FileManager.default.createDirectory(atPath: "\(folder)/inner", withIntermediateDirectories: false)
        #expect(throws: FileFailure.self) { try AtomicFile.replace("\(folder)/inner", with: [1]) }
        #expect(throws: FileFailure.self) { try AtomicFile.replace("\(folder)/nowhere/file", with: [1]) }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["inner"])
    }

    @Test func `the holder of a lock is known from outside`() async throws {
        let path = "\(folder)/lock"
        #expect(try FileLock.holder(of: path) == nil)
        let lock = try FileLock.take(path, waits: false)
        #expect(lock != nil)
        #expect(try mode(path) == 0o600)
        // Another process sees it: `flock` of util-linux uses another kind of lock, so the kernel's table is asked.
        let inode = try FileManager.default.attributesOfItem(atPath: path)[.systemFileNumber] as? NSNumber
        let table = try #require(try FileHandle(forReadingAtPath: "/proc/locks")?.readToEnd())
        let line = "POSIX  ADVISORY  WRITE \(getpid()) "
        #expect(
            String(decoding: table, as: UTF8.self).split(separator: "\n").contains {
                $0.contains(line) && $0.contains(":\(inode?.intValue ?? 0) ")
            }
        )
        withExtendedLifetime(lock) {}
    }

    @Test func `only what its owner alone may write is kept`() throws {
        let path = "\(folder)/kept"
        try AtomicFile.replace(path, with: [], newMode: 0o644)
        #expect(unsafe chmod(folder, 0o755) == 0)
        #expect(FileOwnership.isKept(path, byOwnerOf: path))
        for (mode, folderMode) in [(0o664, 0o755), (0o646, 0o755), (0o644, 0o775), (0o644, 0o777)] as [(mode_t, mode_t)]
        {
            #expect(unsafe chmod(path, mode) == 0 && chmod(folder, folderMode) == 0)
            #expect(!FileOwnership.isKept(path, byOwnerOf: path))
        }
        #expect(!FileOwnership.isKept("\(folder)/nothing", byOwnerOf: path))
    }
}
