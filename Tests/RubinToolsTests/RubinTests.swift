import JSON
import PluginKit
import PluginTesting
import RubinTools
import Testing

@Suite("The Rubin plugin")
struct RubinTests {
    @Test func `keeps the rules every plugin keeps`() throws {
        let plugin = try Rubin(configuration: .init())
        #expect(Conformance.faults(of: Rubin.self, tools: plugin.tools) == [])
    }

    @Test func `says who it is, what it needs and who may call`() throws {
        let manifest = Rubin.manifest.document
        #expect(manifest["id"] == "org.lsst.rubin.tools")
        #expect(manifest["namespace"] == "rubin")
        #expect(
            manifest["sources"] == [
                ["name": "idds", "kind": "http", "required": true],
                ["name": "monitor", "kind": "http", "required": false],
                ["name": "cric", "kind": "http", "required": false],
                ["name": "rucio", "kind": "http", "required": false],
            ]
        )
        #expect(manifest["auth"]?["implies"] == ["write": ["read"]])
        #expect(
            manifest["auth"]?["rules"] == [
                ["match": "*", "call": ["anyRole": ["user", "operator"], "scope": ["read"]]]
            ]
        )
    }

    @Test func `only reads`() {
        for tool in Rubin.manifest.document["tools"]?.array ?? [] {
            #expect(tool["annotations"]?["readOnlyHint"] == true)
            #expect(tool["annotations"]?["destructiveHint"] == false)
        }
    }

    @Test(arguments: ["monitor.example.org", "ftp://monitor.example.org", "https://me@monitor.example.org"])
    func `refuses a monitor that cannot be linked to`(address: String) {
        #expect(throws: ToolError.self) { try Rubin(configuration: .init(monitorURL: address)) }
    }
}
