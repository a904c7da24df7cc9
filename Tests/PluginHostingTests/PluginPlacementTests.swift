import Foundation
import PluginFixtures
import PluginHosting
import Testing

@Suite("Where a plugin runs, and why")
struct PluginPlacementTests {
    private let files = FixtureLibrary.shared

    @Test(
        arguments: [PluginOrigin.shipped, .library],
        [PluginLoadRequest.Isolation.inProcess, .worker]
    )
    func `what the site writes is obeyed`(origin: PluginOrigin, wanted: PluginLoadRequest.Isolation) {
        let placement = PluginPlacement.decide(wanted, origin: origin)
        #expect(placement == PluginPlacement(wanted, because: "the configuration says so"))
    }

    @Test func `without a word the origin decides`() {
        #expect(PluginPlacement.decide(.auto, origin: .shipped).mode == .inProcess)
        #expect(PluginPlacement.decide(.auto, origin: .library).mode == .worker)
        for (isTrusted, mode) in [(true, PluginLoadRequest.Isolation.inProcess), (false, .worker)] {
            let signed = PluginOrigin.bundle(.signed(by: "lab", isTrustedInProcess: isTrusted))
            #expect(PluginPlacement.decide(.auto, origin: signed).mode == mode)
        }
    }

    /// A folder with a file in it, both with the modes given.
    private func library(folder mode: Int, file fileMode: Int) throws -> (folder: String, path: String) {
        let folder = try files.scratchFolder()
        let path = folder + "/plugin.so"
        try files.write([1], to: path)
        try files.write([1], to: folder + "/beamline")
        try FileManager.default.setAttributes([.posixPermissions: fileMode], ofItemAtPath: path)
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: folder)
        return (folder, path)
    }

    @Test(
        arguments: [
            (0o755, 0o644, true), (0o700, 0o600, true), (0o755, 0o664, false), (0o755, 0o646, false),
            (0o775, 0o644, false), (0o757, 0o644, false),
        ]
    )
    func `only what nobody else may write was shipped`(folder: Int, file: Int, isShipped: Bool) throws {
        let library = try library(folder: folder, file: file)
        #expect((PluginOrigin.ofLibrary(library.path, beside: library.folder + "/beamline") == .shipped) == isShipped)
    }

    @Test func `other folders, folders below, and links that lead away are elsewhere`() throws {
        let library = try library(folder: 0o755, file: 0o644)
        let other = try self.library(folder: 0o755, file: 0o644)
        let link = library.folder + "/link.so"
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: other.path)
        let below = library.folder + "/below"
        try FileManager.default.createDirectory(atPath: below, withIntermediateDirectories: false)
        try files.write([1], to: below + "/plugin.so")
        for path in [other.path, link, below + "/plugin.so", library.folder + "/missing.so"] {
            #expect(PluginOrigin.ofLibrary(path, beside: library.folder + "/beamline") != .shipped, "\(path)")
        }
        #expect(PluginOrigin.ofLibrary(library.path, beside: "/nonexistent/beamline") != .shipped)
    }

    @Test func `a worker's lines are limited by the second, and the rest is counted`() {
        var limit = LineLimit(perSecond: 2)
        let second: Int64 = 1_000_000_000
        #expect(limit.take(at: second) == .write(suppressed: 0))
        #expect(limit.take(at: second + 1) == .write(suppressed: 0))
        #expect(limit.take(at: 2 * second - 1) == .suppress)
        #expect(limit.take(at: 2 * second - 1) == .suppress)
        #expect(limit.take(at: 2 * second) == .write(suppressed: 2))
        #expect(limit.take(at: 2 * second) == .write(suppressed: 0))
        #expect(limit.take(at: 2 * second) == .suppress)
    }
}
