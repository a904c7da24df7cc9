import FileSource
import Foundation
import GatewayCore
import TestSupport
import Testing

@Suite("A file of each user")
struct FileSourceTests {
    private let folder: String

    init() throws {
        folder = try RunFolder.current.subfolder("files")
    }

    private func source(_ path: String = "homes/{user}/testbed.toml", most: Int = 16) throws -> FileSource {
        FileSource(
            name: "testbeds",
            directory: folder,
            path: try #require(FilePath(path)),
            maximumBytes: most
        )
    }

    private func write(_ text: String, to path: String) throws {
        let whole = "\(folder)/\(path)"
        let parent = URL(filePath: whole).deletingLastPathComponent().path()
        try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
        try text.write(toFile: whole, atomically: true, encoding: .utf8)
    }

    private func read(_ source: FileSource, as user: String?, most: Int = 1000) async throws -> String? {
        try await source.read(SourceFileRequest(user: user, maximumBytes: most, deadline: .after(.seconds(10))))
            .map { String(decoding: $0, as: UTF8.self) }
    }

    private func error(_ source: FileSource, as user: String?, most: Int = 1000) async -> SourceError? {
        do {
            _ = try await read(source, as: user, most: most)
            return nil
        } catch {
            return error as? SourceError
        }
    }

    @Test func `each caller has its own, and one without has none`() async throws {
        try write("a = 1", to: "homes/ada/testbed.toml")
        try write("b = 2", to: "homes/bob.b-2_x/testbed.toml")
        let source = try source()
        #expect(source.kind == .file)
        #expect(try await read(source, as: "ada") == "a = 1")
        #expect(try await read(source, as: "bob.b-2_x") == "b = 2")
        #expect(try await read(source, as: "eve") == nil)
    }

    @Test(
        arguments: [
            nil, "", ".", "..", "../ada", "ada/../bob", "/etc", "ada\0", "ada\n", "a b", "-rf", ".ssh", "ädä", "{user}",
            "~", String(repeating: "a", count: 65),
        ]
    )
    func `a name that could lead elsewhere reads nothing`(user: String?) async throws {
        try write("a = 1", to: "homes/ada/testbed.toml")
        guard case .invalid = await error(try source(), as: user) else {
            Issue.record("\(user ?? "nil") is taken")
            return
        }
    }

    @Test func `the longest name of a user is taken`() async throws {
        let user = String(repeating: "a", count: 64)
        try write("a = 1", to: "homes/\(user)/testbed.toml")
        #expect(try await read(source(), as: user) == "a = 1")
    }

    @Test func `symbolic links lead nowhere, not even to what lies below the folder`() async throws {
        try write("secret = 1", to: "homes/ada/testbed.toml")
        try write("x = 1", to: "homes/eve/other.toml")
        let files = FileManager.default
        try files.createSymbolicLink(
            atPath: "\(folder)/homes/eve/testbed.toml",
            withDestinationPath: "../ada/testbed.toml"
        )
        try files.createSymbolicLink(atPath: "\(folder)/homes/mallory", withDestinationPath: "ada")
        for user in ["eve", "mallory"] {
            guard case .rejected = await error(try source(), as: user) else {
                Issue.record("\(user) reads what is not theirs")
                continue
            }
        }
    }

    @Test func `what is no file is not read`() async throws {
        try FileManager.default.createDirectory(
            atPath: "\(folder)/homes/ada/testbed.toml",
            withIntermediateDirectories: true
        )
        try FileManager.default.createDirectory(atPath: "\(folder)/homes/pip", withIntermediateDirectories: true)
        let made = unsafe mkfifo("\(folder)/homes/pip/testbed.toml", 0o600)
        #expect(made == 0)
        for user in ["ada", "pip"] {
            guard case .rejected = await error(try source(), as: user) else {
                Issue.record("\(user)'s is taken for a file")
                continue
            }
        }
    }

    @Test(arguments: [(16, 1000, true), (17, 1000, false), (12, 12, true), (13, 12, false)])
    func `a file up to the limit is read, one byte more is not`(size: Int, asked: Int, isRead: Bool) async throws {
        try write(String(repeating: "x", count: size), to: "homes/ada/testbed.toml")
        #expect(try await (error(source(), as: "ada", most: asked) == nil) == isRead)
    }

    @Test func `a file of the site is everybody's`() async throws {
        try write("a = 1", to: "site.toml")
        #expect(try await read(source("site.toml"), as: nil) == "a = 1")
    }

    @Test func `a folder that is not there is out of reach, and no file that is missing`() async throws {
        let source = FileSource(
            name: "testbeds",
            directory: "\(folder)/nowhere",
            path: try #require(FilePath("a.toml"))
        )
        guard case .unavailable = await error(source, as: "ada") else {
            Issue.record("a missing folder is taken for one without the file")
            return
        }
    }

    @Test(
        arguments: [
            "", "/a", "a/", "a//b", ".", "..", "a/../b", "./a", "{user}{user}", "{name}", "a}", "{user", "a\u{0}b",
            "a\nb",
        ]
    )
    func `what is no path below a folder is refused`(path: String) {
        #expect(FilePath(path) == nil)
    }

    @Test(arguments: [("a.toml", false), ("{user}/a.toml", true), ("home/x-{user}.d/{user}.toml", true)])
    func `a path is of the site or of each user`(path: String, isOfUser: Bool) {
        #expect(FilePath(path)?.isOfUser == isOfUser)
    }
}
