import GatewayCore
import JSON
import PluginHosting
import Testing

@Suite("What manifests say of questions")
struct RoutingManifestTests {
    private func manifest(_ routing: JSONValue) -> JSONValue {
        [
            "schema": "beamline.manifest/1", "id": "org.example.tools", "version": "1", "namespace": "example",
            "abi": ["major": 1, "min_minor": 0], "routing": routing,
            "tools": [["name": "job", "description": "A job.", "inputSchema": ["type": "object"]]],
            "auth": ["roles": [:], "scopes": [:], "rules": []],
        ]
    }

    private func pointers(_ routing: JSONValue) -> [String] {
        do {
            _ = try PluginManifest(parsing: manifest(routing).serialized)
            return []
        } catch {
            return error.faults.map(\.pointer)
        }
    }

    @Test func `every part is read`() throws {
        let routing: JSONValue = [
            "names": ["lab"],
            "identifiers": [
                ["name": "job", "words": ["job", "jobs"], "minimum": 5, "maximum": 9],
                ["name": "run", "words": ["run"], "minimum": 5],
                ["name": "any", "words": ["any"]],
            ],
            "topics": [
                ["tool": "job", "identifier": "job", "argument": "id", "arguments": ["x": true]],
                ["tool": "job", "phrases": ["what is new"], "question": "q", "days": "d"],
            ],
        ]
        let read = try PluginManifest(parsing: manifest(routing).serialized).routing
        let largest = 1 << 53 - 1
        #expect(
            read
                == RoutingDeclaration(
                    names: ["lab"],
                    identifiers: [
                        .init(name: "job", words: ["job", "jobs"], range: 5...9),
                        .init(name: "run", words: ["run"], range: 5...largest),
                        .init(name: "any", words: ["any"], range: nil),
                    ],
                    topics: [
                        .init(
                            tool: "job",
                            identifier: "job",
                            argument: "id",
                            arguments: JSONObject(members: [.init(name: "x", value: true)])
                        ),
                        .init(tool: "job", phrases: ["what is new"], question: "q", days: "d"),
                    ]
                )
        )
    }

    @Test func `a manifest without the key says nothing`() throws {
        var object = try #require(manifest([:]).object)
        object["routing"] = nil
        #expect(try PluginManifest(parsing: JSONValue.object(object).serialized).routing == RoutingDeclaration())
    }

    @Test(
        arguments: [
            ("an array", [], ["/routing"]),
            ("an unknown key", ["topcs": []], ["/routing/topcs"]),
            ("a name of two words", ["names": ["two words"]], ["/routing/names"]),
            ("a name in capitals", ["names": ["ATLAS"]], ["/routing/names"]),
            ("too many names", ["names": .array((0...32).map { .string("w\($0)") })], ["/routing/names"]),
            (
                "a range upside down",
                ["identifiers": [["name": "job", "words": ["job"], "minimum": 2, "maximum": 1]]],
                ["/routing/identifiers/0/maximum"]
            ),
            ("an identifier without words", ["identifiers": [["name": "job"]]], ["/routing/identifiers/0/words"]),
            (
                "two identifiers of a name",
                ["identifiers": [["name": "job", "words": ["job"]], ["name": "job", "words": ["j"]]]],
                ["/routing/identifiers/1/name"]
            ),
            (
                "a tool that there is not", ["topics": [["tool": "none", "phrases": ["a"]]]], ["/routing/topics/0/tool"]
            ),
            (
                "an identifier that there is not",
                ["topics": [["tool": "job", "identifier": "job", "argument": "id"]]], ["/routing/topics/0/identifier"]
            ),
            (
                "a number that goes nowhere",
                [
                    "identifiers": [["name": "job", "words": ["job"]]],
                    "topics": [["tool": "job", "identifier": "job"]],
                ],
                ["/routing/topics/0/argument"]
            ),
            ("a topic that nothing leads to", ["topics": [["tool": "job"]]], ["/routing/topics/0"]),
            ("no phrase", ["topics": [["tool": "job", "phrases": []]]], ["/routing/topics/0/phrases"]),
        ] as [(String, JSONValue, [String])]
    )
    func `what is wrong is named with its place`(_ what: String, _ routing: JSONValue, _ expected: [String]) {
        #expect(pointers(routing) == expected, "\(what)")
    }
}
