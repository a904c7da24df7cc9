import Foundation
import LocalFiles
import TestSupport
import Testing

@Suite("Folders read without following links")
struct FolderTests {
    private let path: String
    private let folder: Folder

    init() throws {
        path = try RunFolder.current.subfolder("folder")
        folder = try Folder(path: path)
    }

    private func write(_ name: String, _ text: String = "text") throws {
        let file = "\(path)/\(name)"
        try FileManager.default.createDirectory(
            atPath: URL(fileURLWithPath: file).deletingLastPathComponent().path,
            withIntermediateDirectories: true
        )
        try Data(text.utf8).write(to: URL(fileURLWithPath: file))
    }

    @Test func `a file is read up to its limit and not beyond`() throws {
        try write("a/b/c", "12345")
        #expect(try folder.read("a/b/c", maximumBytes: 5) == Array("12345".utf8))
        #expect(throws: FileFailure.self) { try folder.read("a/b/c", maximumBytes: 4) }
    }

    @Test(arguments: ["../outside", "a/../../outside", "./a", "a//b", "", "/etc/hostname", "a/", "."])
    func `a path that leaves or winds is refused`(_ path: String) throws {
        try write("a/b")
        #expect(throws: FileFailure.self) { try folder.read(path, maximumBytes: 100) }
    }

    @Test(arguments: ["link", "linked/secret"])
    func `a link is refused wherever it stands`(_ name: String) throws {
        let outside = try RunFolder.current.subfolder("outside")
        try Data("secret".utf8).write(to: URL(fileURLWithPath: "\(outside)/secret"))
        try FileManager.default.createSymbolicLink(
            atPath: "\(path)/link",
            withDestinationPath: "\(outside)/secret"
        )
        try FileManager.default.createSymbolicLink(atPath: "\(path)/linked", withDestinationPath: outside)
        #expect(throws: FileFailure.self) { try folder.read(name, maximumBytes: 100) }
        #expect(Set(try folder.everything(atMost: 2).map(\.kind)) == [.other])
    }

    @Test func `a pipe does not hold the reader up`() throws {
        #expect(unsafe mkfifo("\(path)/pipe", 0o600) == 0)
        #expect(throws: FileFailure.self) { try folder.read("pipe", maximumBytes: 100) }
    }

    @Test func `everything below is found, up to the limits`() throws {
        for name in ["one", "two/three", "two/four/five"] { try write(name) }
        let found = try folder.everything(atMost: 5)
        #expect(Set(found.map(\.path)) == ["one", "two", "two/three", "two/four", "two/four/five"])
        #expect(throws: FileFailure.self) { try folder.everything(atMost: 4) }
        #expect(try folder.everything(atMost: 5, depth: 3).count == 5)
        #expect(throws: FileFailure.self) { try folder.everything(atMost: 5, depth: 2) }
    }

    @Test func `what is missing is told from what cannot be read`() throws {
        try write("file")
        for (name, isMissing) in [("nothing", true), ("file/below", false)] {
            do throws(FileFailure) {
                _ = try folder.read(name, maximumBytes: 1)
                Issue.record("\(name) was read")
            } catch {
                #expect(error.isMissing == isMissing, "\(error)")
            }
        }
    }
}
