import GatewayCore
import JSON
import PluginFixtures
import PluginHosting
import PluginRuntime
import Testing

@Suite struct PluginManifestTests {
    private func good() throws -> JSONValue {
        try JSONValue(
            parsing: #"""
                {"schema": "beamline.manifest/1", "id": "org.epic.tools", "version": "0.3.1", "namespace": "epic",
                 "abi": {"major": 1, "min_minor": 0}, "future": [1],
                 "execution": {"concurrency": 4, "blocking": true, "start_timeout_ms": 2000, "memory_mb": 64},
                 "tools": [{"name": "list", "title": "List", "description": "Lists.", "inputSchema": {"type": "object"},
                            "outputSchema": {}, "annotations": {"readOnlyHint": true}, "timeout_ms": 20000, "icon": 1}],
                 "sources": [{"name": "panda", "kind": "sql", "required": false}],
                 "auth": {"roles": {"user": "member"}, "scopes": {"read": "r", "write": "w"}, "implies": {"write": ["read"]},
                          "rules": [{"match": "*", "kind": "tool", "call": {"anyRole": ["user"], "scope": ["read"], "authAge": 60},
                                     "see": {"allRoles": ["user"]}, "narrow": false, "consent": true}]},
                 "configSchema": {"type": "object"}}
                """#
        )
    }

    private func faults(_ change: (inout JSONObject) -> Void) throws -> [PluginManifestError.Fault] {
        var object = try #require(try good().object)
        change(&object)
        do {
            _ = try PluginManifest(parsing: JSONValue.object(object).serialized)
            return []
        } catch {
            return error.faults
        }
    }

    @Test func `every part is read`() throws {
        let manifest = try PluginManifest(parsing: try good().serialized)
        #expect(manifest.id == "org.epic.tools")
        #expect(manifest.namespace == "epic")
        let execution = PluginExecution(concurrency: 4, blocks: true, startTimeout: .seconds(2), memoryMebibytes: 64)
        #expect(manifest.execution == execution)
        let tool = try #require(manifest.tools.first)
        #expect(tool.localName == "list")
        #expect(tool.timeout == .seconds(20))
        #expect(tool.isReadOnly)
        #expect(manifest.sources == [.init(name: "panda", kind: .sql, isRequired: false)])
        let rule = AuthRule(
            match: "*",
            kind: .tool,
            see: AuthNeed(allRoles: ["user"]),
            call: AuthNeed(anyRole: ["user"], scopes: ["read"], maximumAuthenticationAge: 60),
            needsConsent: true
        )
        #expect(manifest.auth.rules == [rule])
        #expect(manifest.auth.implies == ["write": ["read"]])
        #expect(manifest.configurationSchema == ["type": "object"])
    }

    @Test func `unknown keys are refused where ignoring them would widen access`() throws {
        #expect(try faults { $0["whatever"] = 1 } == [])
        let pointers = try faults { object in
            object["execution"] = ["concurrency": 1, "sandbox": "none"]
            object["auth"] = [
                "roles": ["user": "x"], "deny": [],
                "rules": [["match": "*", "unless": true, "call": ["anyRole": ["user"], "noRole": ["guest"]]]],
            ]
        }.map(\.pointer)
        #expect(
            Set(pointers) == ["/execution/sandbox", "/auth/deny", "/auth/rules/0/unless", "/auth/rules/0/call/noRole"]
        )
    }

    @Test func `a rule that leaves the last word to the plugin says so with true or false`() throws {
        for (value, pointers) in [(JSONValue.bool(true), []), ("yes", ["/auth/rules/0/narrow"])] {
            let faults = try faults { object in
                object["auth"] = [
                    "roles": ["user": "x"], "rules": [["match": "*", "call": ["anyRole": ["user"]], "narrow": value]],
                ]
            }
            #expect(faults.map(\.pointer) == pointers)
        }
    }

    @Test func `all faults come at once with their places`() throws {
        let pointers = try faults { object in
            object["schema"] = "beamline.manifest/2"
            object["id"] = nil
            object["namespace"] = "Bad"
            object["abi"] = ["major": 2, "min_minor": 1]
            object["execution"] = ["concurrency": 0]
            object["tools"] = [
                ["name": "a b", "description": "x", "inputSchema": []],
                ["name": "twice", "description": "x", "inputSchema": [:]],
                ["name": "twice", "description": "x", "inputSchema": [:]], 7,
            ]
            object["sources"] = [["name": "s", "kind": "carrier pigeon"]]
        }.map(\.pointer)
        #expect(
            Set(pointers) == [
                "/schema", "/id", "/namespace", "/abi/major", "/abi/min_minor", "/execution/concurrency",
                "/tools/0/name",
                "/tools/0/inputSchema", "/tools/2/name", "/tools/3", "/sources/0/kind",
            ]
        )
    }

    @Test func `icons and metadata are read for every kind of item`() throws {
        let icon: JSONValue = ["src": "https://epic.example.org/i.png", "sizes": ["any"], "later": 1]
        let shown: JSONValue = ["src": "https://epic.example.org/i.png", "sizes": ["any"]]
        let meta: JSONValue = ["ui": ["csp": ["connectDomains": ["https://epic.example.org"]]]]
        var object = try #require(try good().object)
        object["tools"] = [
            ["name": "t", "description": "d", "inputSchema": ["type": "object"], "icons": [icon], "_meta": meta]
        ]
        object["resources"] = [["uri": "a:b", "name": "r", "icons": [icon], "_meta": meta]]
        object["resourceTemplates"] = [["uriTemplate": "a:{b}", "name": "r", "icons": [icon], "_meta": meta]]
        object["prompts"] = [["name": "p", "icons": [icon], "_meta": meta]]
        let manifest = try PluginManifest(parsing: JSONValue.object(object).serialized)
        #expect(manifest.tools.map { $0.icons.map(\.document) } == [[shown]])
        #expect(manifest.tools.map(\.meta) == [meta])
        #expect(manifest.items.count == 3)
        for item in manifest.items {
            #expect(item.members.first { $0.name == "icons" }?.value == [shown])
            #expect(item.members.first { $0.name == "_meta" }?.value == meta)
        }
    }

    @Test func `icons and metadata that clients must not be given are refused`() throws {
        let good: JSONValue = ["src": "https://epic.example.org/i.png"]
        let pointers = try faults { object in
            object["tools"] = [
                [
                    "name": "t", "description": "d", "inputSchema": ["type": "object"],
                    "icons": [
                        ["src": "http://epic.example.org/i.png"], ["sizes": ["any"]], 7,
                        ["src": "https://epic.example.org/i.png", "theme": "blue"],
                        ["src": "https://epic.example.org/i.png", "mimeType": "image/gif"],
                        ["src": "https://epic.example.org/i.png", "sizes": [48]],
                    ],
                    "_meta": [
                        "io.modelcontextprotocol/serverInfo": [:], "com.mcp.x/y": 1, "org.epic.mcp/z": 1, "mcp/a": 1,
                    ],
                ]
            ]
            object["resources"] = [["uri": "a:b", "name": "r", "icons": .array(Array(repeating: good, count: 9))]]
            object["prompts"] = [["name": "p", "icons": "none", "_meta": []]]
        }.map(\.pointer)
        #expect(
            Set(pointers) == [
                "/tools/0/icons/0/src", "/tools/0/icons/1/src", "/tools/0/icons/2", "/tools/0/icons/3/theme",
                "/tools/0/icons/4/mimeType", "/tools/0/icons/5/sizes",
                "/tools/0/_meta/io.modelcontextprotocol~1serverInfo", "/tools/0/_meta/com.mcp.x~1y",
                "/resources/0/icons", "/prompts/0/icons", "/prompts/0/_meta",
            ]
        )
    }

    @Test func `a tool's interface is one of the plugin's own resources`() throws {
        let pointers = try faults { object in
            let metas: [JSONValue] = [
                ["ui": ["resourceUri": "ui://jobs", "visibility": ["app"]], "ui/resourceUri": "ui://jobs"],
                ["ui": ["resourceUri": "https://epic.example.org"], "ui/resourceUri": "panda://jobs"],
                ["ui": ["resourceUri": 7]], ["ui": ["resourceUri": "UI://jobs"]], ["ui": ["resourceUri": "ui://jo bs"]],
                ["ui": ["visibility": ["model"]]], ["ui": 7],
            ]
            object["tools"] = .array(
                metas.enumerated().map { index, meta in
                    [
                        "name": .string("t\(index)"), "description": "d", "inputSchema": ["type": "object"],
                        "_meta": meta,
                    ]
                }
            )
        }.map(\.pointer)
        #expect(
            Set(pointers) == [
                "/tools/1/_meta/ui/resourceUri", "/tools/1/_meta/ui~1resourceUri", "/tools/2/_meta/ui/resourceUri",
                "/tools/3/_meta/ui/resourceUri", "/tools/4/_meta/ui/resourceUri",
            ]
        )
    }

    @Test func `how large an icon may be is the site's`() throws {
        var object = try #require(try good().object)
        let source = "data:image/jpeg;base64,/9j/4AAQ"
        object["prompts"] = [["name": "p", "icons": [["src": .string(source)]]]]
        let text = JSONValue.object(object).serialized
        _ = try PluginManifest(parsing: text, iconBytes: source.utf8.count)
        #expect(throws: PluginManifestError.self) {
            _ = try PluginManifest(parsing: text, iconBytes: source.utf8.count - 1)
        }
    }

    @Test func `words that are used must be declared`() throws {
        let faults = try faults { object in
            object["auth"] = [
                "roles": ["user": "x"], "scopes": ["read": "x"], "implies": ["write": ["read"]],
                "rules": [["match": "*", "call": ["anyRole": ["usr"], "scope": ["raed"]]], ["match": "x"]],
            ]
        }
        #expect(
            Set(faults.map(\.pointer)) == ["/auth/implies/write", "/auth/rules/0/call", "/auth/rules/1"]
        )
    }

    @Test func `a manifest without auth is refused, and so is what is no object`() throws {
        #expect(try faults { $0["auth"] = nil }.map(\.pointer) == ["/auth"])
        #expect(throws: PluginManifestError.self) { _ = try PluginManifest(parsing: Array("[]".utf8)) }
        #expect(throws: PluginManifestError.self) { _ = try PluginManifest(parsing: Array("{".utf8)) }
    }

    @Test(arguments: [
        ("ab", true), ("a", false), ("a234567890123456", true), ("a2345678901234567", false), ("beamline", false),
        ("9a", false), ("a_b", false),
    ])
    func `namespaces have an edge`(word: String, isOne: Bool) {
        #expect(PluginManifest.isNamespace(word) == isOne)
    }
}
