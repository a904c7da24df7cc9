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

    @Test func `a rule the plugin wants to narrow itself is refused, as nobody would ask it`() throws {
        let faults = try faults { object in
            object["auth"] = [
                "roles": ["user": "x"], "rules": [["match": "*", "call": ["anyRole": ["user"]], "narrow": true]],
            ]
        }
        #expect(faults.map(\.pointer) == ["/auth/rules/0/narrow"])
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
