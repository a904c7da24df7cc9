import ATLASTools
import JSON
import PluginKit
import PluginTesting
import Testing

@Suite struct ATLASTests {
    static let address = "https://monitor.example.org/"

    @Test func `conforms to the contract`() throws {
        let atlas = try ATLAS(configuration: .init(monitorURL: Self.address))
        #expect(Conformance.faults(of: ATLAS.self, tools: atlas.tools) == [])
        #expect(Conformance.faults(of: ATLAS.self, tools: Array(atlas.tools.dropLast())) != [])
    }

    @Test func `asks for the monitor and lets members read`() {
        let manifest = ATLAS.manifest.document
        #expect(manifest["id"] == "org.atlas.tools")
        #expect(manifest["namespace"] == "atlas")
        #expect(
            manifest["sources"] == [
                ["name": "monitor", "kind": "http", "required": true],
                ["name": "cric", "kind": "http", "required": false],
                ["name": "rucio", "kind": "http", "required": false],
            ]
        )
        #expect(
            manifest["auth"]?["rules"]
                == [["match": "*", "call": ["anyRole": ["user", "production"], "scope": ["read"]]]]
        )
        #expect(manifest["auth"]?["implies"] == ["write": ["read"]])
        #expect(manifest["tools"]?.array?.allSatisfy { $0["annotations"]?["readOnlyHint"] == true } == true)
    }

    @Test(arguments: [
        "monitor.example.org", "ftp://monitor.example.org", "https://monitor.example.org/?a", "https://a@b.example.org",
        "https://monitor.example.org/#x", "https://monitor example.org", "javascript:alert(1)",
    ])
    func `refuses an address that links cannot be made of`(address: String) {
        #expect(throws: ToolError.self) { try ATLAS(configuration: .init(monitorURL: address)) }
    }

    @Test(arguments: [
        nil, "", "https://monitor.example.org", "https://monitor.example.org//", "http://localhost:8080/a",
    ])
    func `takes an address or none`(address: String?) throws {
        #expect(try ATLAS(configuration: .init(monitorURL: address)).tools.count == ATLAS.manifest.tools.count)
    }

    @Test func `explains an error without asking anything`() async throws {
        let atlas = try ATLAS(configuration: .init())
        let tool = try #require(atlas.tools.first { type(of: $0).description.name == "panda_explain_error" })
        let answer = try await CallHarness(tool, host: FixedHost(status: 5), now: MonitorSamples.now)
            .call(["code": 1235])
        #expect(answer["matches"]?.array?.first?["acronym"] == "PAYLOADEXCEEDMAXMEM")
    }
}
