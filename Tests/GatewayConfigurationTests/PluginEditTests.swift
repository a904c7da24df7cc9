import Foundation
import GatewayConfiguration
import JSON
import TestSupport
import Testing

@Suite("A plugin changed line by line")
struct PluginEditTests {
    private static let library = JSONObject.Member(name: "library", value: "/p/epic-2")
    private static let off = JSONObject.Member(name: "enabled", value: false)

    private func edited(
        _ text: String,
        _ values: [JSONObject.Member] = [library],
        namespace: String = "epic"
    ) throws(PluginEdit.Failure) -> String {
        try PluginEdit(namespace: namespace, values: values).applied(to: text)
    }

    @Test(arguments: [
        ("", "plugins:\n  epic:\n    library: \"/p/epic-2\"\n"),
        ("# Only this.\n", "# Only this.\nplugins:\n  epic:\n    library: \"/p/epic-2\"\n"),
        ("plugins:\n", "plugins:\n  epic:\n    library: \"/p/epic-2\"\n"),
        ("plugins: # none\n", "plugins: # none\n  epic:\n    library: \"/p/epic-2\"\n"),
        (
            "plugins:\n    # ATLAS.\n    atlas:\n        library: a.so\n",
            "plugins:\n    epic:\n      library: \"/p/epic-2\"\n    # ATLAS.\n    atlas:\n        library: a.so\n"
        ),
        (
            "# Head.\nplugins:\n  epic: # ours\n    # The old one.\n    library: /p/epic-1  # since May\n    config: {a: 1}\n",
            "# Head.\nplugins:\n  epic: # ours\n    # The old one.\n    library: \"/p/epic-2\" # since May\n    config: {a: 1}\n"
        ),
        (
            "plugins:\n  epic:\n    library: '/p/it''s'\n  atlas: {library: a.so}",
            "plugins:\n  epic:\n    library: \"/p/epic-2\"\n  atlas: {library: a.so}\n"
        ),
        (
            "plugins:\n  epic:\n    library: \"a \\\" # b\" # it's here\n",
            "plugins:\n  epic:\n    library: \"/p/epic-2\" # it's here\n"
        ),
        (
            "plugins:\n  epic:\n    library: it's # a '# mark\n",
            "plugins:\n  epic:\n    library: \"/p/epic-2\" # a '# mark\n"
        ),
        ("plugins:\n  epic:\n    library: 'it''s # it'\n", "plugins:\n  epic:\n    library: \"/p/epic-2\"\n"),
    ])
    func `what is not changed stays as it was written`(_ text: String, _ expected: String) throws {
        #expect(try edited(text) == expected)
    }

    @Test func `a key that is missing is put first, and later changed where it stands`() throws {
        let first = try edited("plugins:\n  epic:\n    library: e.so # here\n", [Self.off])
        #expect(first == "plugins:\n  epic:\n    enabled: false\n    library: e.so # here\n")
        let second = try edited(first, [.init(name: "enabled", value: true), Self.library])
        #expect(second == "plugins:\n  epic:\n    enabled: true\n    library: \"/p/epic-2\" # here\n")
    }

    @Test func `letters beyond ASCII before a value do not move it`() throws {
        let text = "plugins:\n  epic:\n    config: {\"é😀\": 1} # é😀\n    library: e.so\n"
        let changed = try edited(text, [.init(name: "config", value: ["ü": 2])])
        #expect(changed == "plugins:\n  epic:\n    config: {\"ü\":2} # é😀\n    library: e.so\n")
    }

    @Test(arguments: [
        "plugins: {epic: {library: e.so}}\n", "plugins:\n  epic: {library: e.so}\n", "plugins: {}\n", "plugins: ~\n",
        "plugins: []\n", "plugins:\n  epic:\n    library: >-\n      e.so\n",
        "plugins:\n  epic:\n    library:\n      e.so\n",
        "plugins:\n  epic: &e\n    library: e.so\n  atlas: *e\n",
        "{}\n", "- a\n", "plugins:\n  epic:\n    library: e\n      .so\n", "%YAML 1.2\n---\n[]\n", "text\n",
    ])
    func `what cannot be changed by lines is refused with what to write`(_ text: String) {
        do throws(PluginEdit.Failure) {
            let changed = try edited(text)
            Issue.record("\(text) became \(changed)")
        } catch {
            #expect(error.reason.contains("library: \"/p/epic-2\" by hand"), "\(error.reason)")
        }
    }

    @Test(arguments: ["plugins: [\n", "a: 1\na: 2\n", "\t- x\n"])
    func `what is no YAML is refused`(_ text: String) {
        #expect(throws: PluginEdit.Failure.self) { try edited(text) }
    }

    @Test func `values of any text come back as they were`() throws {
        for text in [
            "a: b", "# no comment", "\"q\" 'q'", "line\nbreak", "\u{0}", "🙂", "- x", "{a: 1}", "*alias", "null",
        ] {
            let changed = try edited("plugins:\n", [.init(name: "library", value: .string(text))])
            let json = try ConfigurationFile.json(changed, file: "f")
            #expect(json["plugins"]?["epic"]?["library"]?.string == text)
        }
    }

    // MARK: - The file in the configuration

    private static let main = "plugins: {managed: conf.d/plugins.yaml, directory: found}\n"

    @Test func `the managed file is read when it is there, and may say nothing else`() throws {
        let none = try Files().parse(Self.main)
        #expect(none.plugins == [])
        #expect(none.managedFile == "/etc/beamline/conf.d/plugins.yaml")
        #expect(none.pluginsDirectory == "/etc/beamline/found")
        let text = "plugins:\n  epic: {library: ../epic-1}\n  atlas: {library: a.so, enabled: false}\n"
        let some = try Files(included: ["conf.d/plugins.yaml": text]).parse(Self.main)
        #expect(some.plugins.map(\.library) == ["/etc/beamline/epic-1"])
        #expect(some.disabledPlugins.map(\.namespace) == ["atlas"])
        for line in ["sources: {}", "include: []", "plugins: {managed: x}", "plugins: {directory: x}", "roles: []"] {
            #expect(!Files(included: ["conf.d/plugins.yaml": line]).faults(Self.main).isEmpty, "\(line)")
        }
    }

    @Test func `a managed file that a command makes while it is looked for is no fault`() throws {
        let folder = try RunFolder.current.subfolder("managed")
        let read = { (content: @escaping (String) -> String?) throws(ConfigurationFaults) in
            try ConfigurationFile.parse("plugins: {managed: m.yaml}\n", file: "f", folder: folder, content: content)
        }
        let made = try read { path in
            _ = FileManager.default.createFile(atPath: path, contents: nil)
            return nil
        }
        #expect(made.plugins == [])
        #expect(throws: ConfigurationFaults.self) { try read { _ in nil } }
    }

    @Test func `a plugin in two files is a fault, disabled or not`() throws {
        let files = Files(included: ["conf.d/plugins.yaml": "plugins: {epic: {library: x, enabled: false}}"])
        let faults = files.faults("plugins: {managed: conf.d/plugins.yaml, epic: {library: y}}\n")
        #expect(faults.count == 1 && faults[0].contains("is there already"))
    }

    @Test func `roles and views of a disabled plugin are no faults`() throws {
        let text = """
            plugins: {epic: {library: x, enabled: false}}
            views: [{path: /e, namespaces: [epic]}]
            issuers: {a: {issuer: x, jwks_url: y, roles: [{group: g, role: epic.user}]}}
            """
        #expect(try Files().parse(text).plugins == [])
    }

    @Test func `the words of the main file are no namespaces of others`() throws {
        let faults = Files(included: ["e.yaml": "plugins: {directory: {library: x}}"]).faults(
            "include: [{path: e.yaml, owns: [directory]}]"
        )
        #expect(faults.contains { $0.contains("belongs in the main file") })
    }
}
