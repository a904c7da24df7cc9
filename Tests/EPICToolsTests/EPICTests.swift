import EPICTools
import JSON
import PluginKit
import PluginTesting
import Testing

@Suite struct EPICTests {
    @Test func `conforms to the contract`() throws {
        let tools = try EPIC(configuration: .init()).tools
        #expect(Conformance.faults(of: EPIC.self, tools: tools) == [])
        #expect(Conformance.faults(of: EPIC.self, tools: Array(tools.dropLast())) != [])
    }

    @Test func `asks for two databases, what the testbed is steered by, and lets members read`() {
        let manifest = EPIC.manifest.document
        #expect(manifest["id"] == "org.epic.tools")
        #expect(manifest["namespace"] == "epic")
        #expect(
            manifest["sources"] == [
                ["name": "panda", "kind": "sql", "required": true],
                ["name": "testbed", "kind": "sql", "required": false],
                ["name": "panda_monitor", "kind": "http", "required": false],
                ["name": "testbed_broker", "kind": "message", "required": false],
                ["name": "testbed_api", "kind": "http", "required": false],
                ["name": "testbed_config", "kind": "file", "required": false],
            ]
        )
        #expect(
            manifest["auth"]?["rules"]?.array?.first
                == ["match": "*", "call": ["anyRole": ["user", "operator"], "scope": ["read"]]]
        )
        #expect(manifest["auth"]?["implies"] == ["write": ["read"]])
    }

    @Test(arguments: ["testbed.example.org", "ftp://a.example.org", "https://a.example.org/?b", "https://a@b.org"])
    func `refuses an address that links cannot be made of`(address: String) {
        for name in ["monitor_url", "panda_monitor_url"] {
            let error = ToolError(
                .invalidArgument,
                "\(name): must be an address such as https://monitor.example.org, without query and user."
            )
            #expect(throws: error) {
                try EPIC(
                    configuration: name == "monitor_url"
                        ? .init(monitorURL: address) : .init(pandaMonitorURL: address)
                )
            }
        }
    }

    @Test(arguments: [nil, "", "https://monitor.example.org//", "http://localhost:8000/swf-monitor"])
    func `takes an address or none`(address: String?) throws {
        #expect(
            try EPIC(configuration: .init(monitorURL: address, pandaMonitorURL: address)).tools.count
                == EPIC.manifest.tools.count
        )
    }
}
