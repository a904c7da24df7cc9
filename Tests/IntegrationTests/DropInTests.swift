import Foundation
import JSON
import PluginFixtures
import TestSupport
import Testing

@Suite("Plugins that are dropped in")
struct DropInTests {
    @Test func `a signed bundle is installed, enabled, called, and disabled again`() async throws {
        let site = try await DropInSite(trust: ["in_process: [lab]", "require_signature: true"])
        let bundle = try await BundleFolder()
        try await site.sign(bundle)
        let installed = try await site.plugin("install", bundle.path, "--json")
        #expect(installed.exitStatus == 0, "\(installed)")
        #expect(try JSONValue(parsing: installed.output)["path"]?.string == "\(site.directory)/plain-1.0.0")

        let listed = try JSONValue(parsing: try await site.plugin("list", "--json").output)
        #expect(listed["plugins"] == [])
        let found = try #require(listed["found"]?.array?.first)
        #expect(found["id"] == "org.beamline.plain")
        #expect(found["signature"]?["by"] == "lab" && found["signature"]?["in_process"] == true)
        #expect(found["tools"]?.array?.count == 5)

        let enabled = try await site.plugin("enable", "org.beamline.plain")
        #expect(enabled.exitStatus == 0, "\(enabled)")
        #expect(enabled.output.contains("No gateway runs"))
        try await site.serve { gateway in
            let token = try await gateway.token(roles: ["plain.user"])
            let result = try await gateway.call("plain_echo", ["text": "dropped in"], token: token)
            #expect(result["structuredContent"]?["text"] == "dropped in")

            let disabled = try await site.plugin("disable", "plain")
            #expect(disabled.exitStatus == 0, "\(disabled)")
            #expect(disabled.output.contains("process \(gateway.pid)"))
            _ = try await Polling.wait(for: "the reload") {
                gateway.log.contains("configuration reloaded") ? true : nil
            }
            #expect(try await gateway.pluginToolNames(token: token) == [])
        }
        #expect(try site.managedText.contains("enabled: false"))
        #expect(try site.managedText.hasPrefix("# Plugins that"))
        try await site.set("enable", "plain")
        #expect(try site.managedText.contains("enabled: true"))
    }

    @Test func `nothing that only lies there runs`() async throws {
        let site = try await DropInSite()
        // Its library would not start; nobody tries.
        let library = try await FixtureLibrary.shared.path(of: "start_fails")
        try FileManager.default.copyItem(atPath: library, toPath: "\(site.directory)/lies.so")
        try await site.serve { gateway in
            _ = try await Polling.wait(for: "what lies there") {
                gateway.log.contains("a plugin lies here that is not enabled") ? true : nil
            }
            #expect(!gateway.log.contains("Plugin not loaded"))
        }
        let run = try await site.plugin("enable", "lies.so")
        #expect(run.exitStatus == 1)
        #expect(run.errorOutput.contains("manifest only inside"), "\(run)")
    }

    @Test func `without the signature it needs nothing is installed, enabled or loaded`() async throws {
        let site = try await DropInSite(trust: ["require_signature: true"])
        let bundle = try await BundleFolder()
        try await site.sign(bundle)
        try bundle.remove("bundle.json.sig")
        let refused = try await site.plugin("install", bundle.path)
        #expect(refused.exitStatus == 1)
        #expect(refused.errorOutput.contains("not signed"), "\(refused)")
        #expect(try FileManager.default.contentsOfDirectory(atPath: site.directory) == [])

        let enabled = try await site.plugin("enable", bundle.path)
        #expect(enabled.exitStatus == 1)
        #expect(enabled.errorOutput.contains("trust.require_signature"), "\(enabled)")
        #expect(!FileManager.default.fileExists(atPath: site.managed))

        try "plugins: {plain: {library: \(bundle.path)}}\n".write(
            toFile: site.managed,
            atomically: true,
            encoding: .utf8
        )
        let list = try await site.plugin("list")
        #expect(list.exitStatus == 1)
        #expect(list.output.contains("not signed"), "\(list)")
        let check = try await ProgramRun.beamline("check", "--config", site.configuration)
        #expect(check.exitStatus == 1)
        #expect(check.errorOutput.hasPrefix("\(site.managed): line 1: plugins.plain: "), "\(check)")
        #expect(check.errorOutput.contains("not signed"))
    }

    @Test func `a bundle that was changed after it was enabled is not loaded`() async throws {
        let site = try await DropInSite()
        let bundle = try await BundleFolder()
        try await site.sign(bundle)
        try await site.set("install", bundle.path)
        try await site.set("enable", "plain")
        let library = "\(site.directory)/plain-1.0.0/\(BundleFolder.library)"
        let real = try Data(contentsOf: URL(fileURLWithPath: library))
        let outside = try RunFolder.current.subfolder("outside")
        try real.write(to: URL(fileURLWithPath: "\(outside)/plain.so"))
        try FileManager.default.removeItem(atPath: library)
        try FileManager.default.createSymbolicLink(atPath: library, withDestinationPath: "\(outside)/plain.so")
        let list = try await site.plugin("list")
        #expect(list.exitStatus == 1)
        #expect(list.output.contains("neither a file nor a folder"), "\(list)")
    }

    @Test func `another machine's bundle is refused before anything is written`() async throws {
        let site = try await DropInSite()
        let bundle = try await BundleFolder()
        var library = try bundle.read(BundleFolder.library)
        // e_machine: 62 is x86-64, 183 AArch64.
        library[18] = library[18] == 62 ? 183 : 62
        try bundle.remove(BundleFolder.ownTarget)
        try bundle.write("\(BundleFolder.otherTarget)/plain.so", library)
        try await site.sign(bundle)
        for command in ["install", "enable"] {
            let run = try await site.plugin(command, bundle.path)
            #expect(run.exitStatus == 1)
            #expect(run.errorOutput.contains("no library for this machine, \(BundleFolder.ownTarget)"), "\(run)")
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: site.directory) == [])
    }

    @Test func `a change that would put the configuration out of order is not made`() async throws {
        let site = try await DropInSite()
        let bundle = try await BundleFolder()
        try await site.sign(bundle)
        let before = "plugins:\n  # Kept.\n  other:\n    library: libEPIC.so\n    enabled: false\n"
        try before.write(toFile: site.managed, atomically: true, encoding: .utf8)
        let run = try await site.plugin("enable", bundle.path, "--namespace", "Bad")
        #expect(run.exitStatus == 1, "\(run)")
        #expect(run.errorOutput.contains("was not changed"))
        #expect(try site.managedText == before)
        let unknown = try await site.plugin("enable", bundle.path, "--source", "other=epic-databases")
        #expect(unknown.exitStatus == 2, "\(unknown)")
        #expect(try site.managedText == before)
        try await site.set("enable", bundle.path)
        #expect(try site.managedText.hasSuffix(before.dropFirst("plugins:\n".count)))
    }

    @Test func `what several commands change at once is all there in the end`() async throws {
        let site = try await DropInSite()
        // The lock is in the state folder, which a first start makes.
        try await site.serve { _ in }
        let bundle = try await BundleFolder()
        try await site.sign(bundle)
        try await site.set("install", bundle.path)
        let namespaces = ["one", "two", "three", "four"]
        try await withThrowingTaskGroup(of: Void.self) { group in
            for namespace in namespaces {
                group.addTask { try await site.set("enable", "plain", "--namespace", namespace) }
            }
            try await group.waitForAll()
        }
        let text = try site.managedText
        #expect(namespaces.allSatisfy { text.contains("  \($0):\n") }, "\(text)")
    }

    @Test func `a plugin of another file is not touched, and none that is not there`() async throws {
        let gateway = try await SharedSite.gateway()
        let site = try await DropInSite()
        let text = try String(contentsOfFile: site.configuration, encoding: .utf8)
        try text.replacingOccurrences(
            of: "sources:\n  epic-databases",
            with: "  epic:\n    library: libePIC.so\nsources:\n  epic-databases"
        ).write(toFile: site.configuration, atomically: true, encoding: .utf8)
        let own = try await site.plugin("disable", "epic")
        #expect(own.exitStatus == 1)
        #expect(own.errorOutput.contains("edit it there"), "\(own)")
        #expect(try await site.plugin("disable", "nobody").exitStatus == 1)
        let unmanaged = try await ProgramRun.beamline("plugin", "disable", "epic", "--config", gateway.configuration)
        #expect(unmanaged.exitStatus == 1)
        #expect(unmanaged.errorOutput.contains("managed:"), "\(unmanaged)")
    }

    @Test func `the running gateway is found by its lock, and one that ended is not`() async throws {
        let site = try await DropInSite()
        try await site.serve { gateway in
            let run = try await site.plugin("reload", "--json")
            #expect(try JSONValue(parsing: run.output)["told"]?.integer == Int(gateway.pid), "\(run)")
            _ = try await Polling.wait(for: "the reload") {
                gateway.log.contains("configuration reloaded") ? true : nil
            }
        }
        let run = try await site.plugin("reload")
        #expect(run.exitStatus == 3)
        #expect(run.errorOutput.contains("No gateway runs"), "\(run)")
    }

    @Test func `two versions lie side by side, and a word that means both is asked about`() async throws {
        let site = try await DropInSite()
        let first = try await BundleFolder()
        try await site.sign(first)
        try await site.set("install", first.path)
        try FileManager.default.copyItem(
            atPath: "\(site.directory)/plain-1.0.0",
            toPath: "\(site.directory)/plain-copy"
        )
        let run = try await site.plugin("enable", "plain")
        #expect(run.exitStatus == 1)
        #expect(run.errorOutput.contains("plain-1.0.0, plain-copy"), "\(run)")
        try await site.set("enable", "plain-copy")
        // The same bundle again is no news; another one under its name is refused.
        let again = try await site.plugin("install", first.path)
        #expect(again.output.contains("installed already"), "\(again)")
        try first.write("documents/about.md", "other")
        try await site.sign(first)
        let other = try await site.plugin("install", first.path)
        #expect(other.exitStatus == 1)
        #expect(other.errorOutput.contains("another version"), "\(other)")
    }

    @Test func `a secret key is its owner's alone, and no other is used`() async throws {
        let site = try await DropInSite()
        let attributes = try FileManager.default.attributesOfItem(atPath: site.key)
        #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
        #expect(try await ProgramRun.beamline("plugin", "keygen", site.key).exitStatus == 1)
        let bundle = try await BundleFolder()
        try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: site.key)
        let open = try await ProgramRun.beamline("plugin", "sign", bundle.path, "--key", site.key)
        #expect(open.exitStatus == 1 && open.errorOutput.contains("chmod 600"), "\(open)")
        let other = try await ProgramRun.beamline("plugin", "sign", bundle.path, "--key", "\(site.key).pub")
        #expect(other.exitStatus == 1, "\(other)")
        #expect(!FileManager.default.fileExists(atPath: "\(bundle.path)/bundle.json"))
    }

    @Test func `a key has one name, and a text that is no key is said to be none`() async throws {
        let site = try await DropInSite()
        let key = try String(contentsOfFile: "\(site.key).pub", encoding: .utf8).split(separator: "\n")[0]
        let text = try String(contentsOfFile: site.configuration, encoding: .utf8)
        for (keys, fault) in [("{lab: \"\(key)\", again: \"\(key)\"}", "one key"), ("{lab: ed25519}", "no public key")]
        {
            try text.replacingOccurrences(of: "{lab: {file: \"\(site.key).pub\"}}", with: keys).write(
                toFile: site.configuration,
                atomically: true,
                encoding: .utf8
            )
            let run = try await ProgramRun.beamline("check", "--config", site.configuration)
            #expect(run.exitStatus == 1 && run.errorOutput.contains(fault), "\(run)")
        }
    }

    @Test func `a folder of plugins that is not there is said, and the rest is listed`() async throws {
        let site = try await DropInSite()
        try FileManager.default.removeItem(atPath: site.directory)
        try "plugins:\n  atlas:\n    library: libATLAS.so\n    enabled: false\n".write(
            toFile: site.managed,
            atomically: true,
            encoding: .utf8
        )
        let run = try await site.plugin("list")
        #expect(run.exitStatus == 1)
        #expect(run.output.contains("atlas: disabled"), "\(run)")
        #expect(run.errorOutput.contains("plugins.directory"))
    }

    @Test func `inspecting says what a folder is before it is a bundle`() async throws {
        let bundle = try await BundleFolder()
        let text = try await ProgramRun.beamline("plugin", "inspect", bundle.path)
        #expect(text.exitStatus == 0, "\(text)")
        #expect(text.output.contains("org.beamline.plain 1.0.0"))
        #expect(text.output.contains("without bundle.json"))
        #expect(text.output.contains("runs worker unless the site says otherwise"))
        #expect(text.output.contains("tools: echo, slow, fail, source, budget"))
        try bundle.write("bundle.json", "{}")
        #expect(try await ProgramRun.beamline("plugin", "inspect", bundle.path).exitStatus == 1)
    }
}
