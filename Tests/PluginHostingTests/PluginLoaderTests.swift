import Foundation
import GatewayCore
import PluginFixtures
import PluginHosting
import PluginRuntime
import Synchronization
import Testing

@Suite struct PluginLoaderTests {
    private let files = FixtureLibrary.shared

    /// A file made of a library's bytes.
    private func altered(_ change: (inout [UInt8]) -> Void) async throws -> PluginLoadRequest {
        var bytes = try files.bytes(of: try await files.path(of: "plain"))
        change(&bytes)
        let path = try files.scratchFolder() + "/altered.so"
        try files.write(bytes, to: path)
        return PluginLoadRequest(path: path, services: NoServices())
    }

    @Test func `a good plugin is loaded from sealed memory and serves`() async throws {
        let loader = quietLoader()
        let outcome = try #require(await loader.load([try await .fixture("plain", namespace: "sealed")]).first)
        let plugin = try outcome.result.get()
        #expect(plugin.namespace == "sealed")
        #expect(plugin.manifest.id == "org.beamline.plain")
        #expect(plugin.tools.map(\.localName) == ["echo", "slow", "fail", "source", "budget"])
        #expect(plugin.isolation == .inProcess)
        // Read to its end: the file has no size that says how long it is.
        let maps = try #require(try FileHandle(forReadingAtPath: "/proc/self/maps")?.readToEnd())
        #expect(String(decoding: maps, as: UTF8.self).contains("/memfd:beamline-sealed"))
        await loader.shutdown()
    }

    @Test func `two plugins loaded one after the other are two plugins`() async throws {
        let loader = quietLoader()
        let requests = [try await PluginLoadRequest.fixture("plain"), try await .fixture("busy_twice")]
        let names = try await loader.load(requests).map { try $0.result.get().manifest.id }
        #expect(names == ["org.beamline.plain", "org.test.fixture"])
        await loader.shutdown()
    }

    @Test(
        arguments: modes,
        [
            ("wrong_major", PluginLoadFailure.Step.library), ("no_symbol", .library), ("short_table", .library),
            ("unknown_flag", .library), ("no_submit", .library), ("returns_null", .library), ("create_fails", .start),
            ("start_fails", .start), ("start_hangs", .start),
        ]
    )
    func `a bad plugin is reported and stops nothing else`(
        mode: PluginLoadRequest.Isolation,
        expected: (fixture: String, step: PluginLoadFailure.Step)
    ) async throws {
        let loader = quietLoader()
        let outcomes = await loader.load([
            try await .fixture(expected.fixture, isolation: mode), try await .fixture("plain", isolation: mode),
        ])
        #expect(outcomes.map(\.failedStep) == [expected.step, nil])
        await loader.shutdown()
    }

    @Test func `a file that is not whole never reaches the loader`() async throws {
        let loader = quietLoader()
        let requests = [
            try await altered { $0.removeLast(1000) },
            try await altered { $0.removeLast($0.count - 40) },
            try await altered { $0[18] = 183 },
            try await altered { $0[16] = 2 },
            try await altered { $0[4] = 1 },
            try await altered { $0 = Array("#!/bin/sh\n".utf8) },
        ]
        let outcomes = await loader.load(requests)
        #expect(outcomes.map(\.failedStep) == Array(repeating: .image, count: 6))
        let missing = await loader.load([PluginLoadRequest(path: "/nonexistent/plugin.so", services: NoServices())])
        #expect(missing.map(\.failedStep) == [.file])
    }

    @Test func `the pin decides`() async throws {
        let loader = quietLoader()
        let first = try #require(await loader.load([try await .fixture("plain", namespace: "pinned")]).first)
        let digest = try first.result.get().digest
        #expect(digest.count == 64)
        let wrong = String(digest.reversed())
        let outcomes = await loader.load([
            try await .fixture("plain", namespace: "right", pin: digest.uppercased()),
            try await .fixture("plain", namespace: "wrong", pin: wrong),
        ])
        #expect(outcomes.map(\.failedStep) == [nil, .pin])
        await loader.shutdown()
    }

    @Test func `the manifest beside must be that in the library`() async throws {
        let loader = quietLoader()
        let same = FixtureLibrary.tests + "/PlainCPlugin/manifest.json"
        let other = try files.scratchFolder() + "/other.json"
        try files.write(try files.bytes(of: same) + [0x0A], to: other)
        let outcomes = await loader.load([
            try await .fixture("plain", namespace: "same", manifestPath: same),
            try await .fixture("plain", namespace: "other", manifestPath: other),
            try await .fixture("plain", namespace: "absent", manifestPath: other + ".absent"),
        ])
        #expect(outcomes.map(\.failedStep) == [nil, .manifest, .manifest])
        await loader.shutdown()
    }

    @Test func `a namespace belongs to one plugin`() async throws {
        let loader = quietLoader()
        let first = await loader.load([try await .fixture("plain", namespace: "taken")])
        let second = await loader.load([try await .fixture("refuses", namespace: "taken")])
        #expect((first + second).map(\.failedStep) == [nil, .namespace])
        let bad = await loader.load([try await .fixture("plain", namespace: "Not_one")])
        #expect(bad.map(\.failedStep) == [.namespace])
        await loader.shutdown()
    }

    @Test func `broken configurations are refused clearly`() async throws {
        let loader = quietLoader()
        let outcomes = await loader.load([
            try await .fixture("plain", namespace: "two", configuration: "[]"),
            try await .fixture("plain", namespace: "three", configuration: "{"),
        ])
        #expect(outcomes.map(\.failedStep) == [.configuration, .configuration])
    }

    @Test(arguments: modes) func `listed tools join those of the manifest`(
        mode: PluginLoadRequest.Isolation
    ) async throws {
        let changed = Mutex<[String]>([])
        let loader = quietLoader(listsChanged: { name in changed.withLock { $0.append(name) } })
        let request = try await PluginLoadRequest.fixture("lists_tools", namespace: "lists", isolation: mode)
        let outcome = try #require(await loader.load([request]).first)
        let plugin = try outcome.result.get()
        #expect(plugin.tools.map(\.localName) == ["act", "more", "last"])
        #expect(plugin.items.map(\.localName) == ["note:a", "note:{b}", "ask"])
        #expect(plugin.items.map(\.kind) == [.resource, .template, .prompt])
        #expect(plugin.warnings.count == 1)
        _ = await plugin.provider.call(.test("act"))
        #expect(changed.withLock { $0 } == ["lists"])
        await loader.shutdown()
    }
}
