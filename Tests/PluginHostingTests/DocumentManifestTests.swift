import GatewayCore
import JSON
import PluginHosting
import Testing

@Suite("What manifests say of documents")
struct DocumentManifestTests {
    private func manifest(_ documents: JSONValue) -> JSONValue {
        [
            "schema": "beamline.manifest/1", "id": "org.example.tools", "version": "1", "namespace": "example",
            "abi": ["major": 1, "min_minor": 0], "tools": [], "documents": documents,
            "auth": ["roles": [:], "scopes": [:], "rules": []],
        ]
    }

    private func pointers(_ documents: JSONValue) -> [String] {
        do {
            _ = try PluginManifest(parsing: manifest(documents).serialized)
            return []
        } catch {
            return error.faults.map(\.pointer)
        }
    }

    @Test func `every part is read`() throws {
        let documents: JSONValue = [
            [
                "name": "docs", "title_weight": 2.5, "synonyms": [["retry", "try again"]], "future": 1,
                "entries": [
                    ["questions": ["how do I submit"], "document": "a.rst", "section": "Submitting"],
                    [
                        "questions": ["who helps"], "document": "people", "text": "Shifters.",
                        "url": "https://x.example.org",
                    ],
                ],
            ],
            ["name": "more"],
        ]
        let read = try PluginManifest(parsing: manifest(documents).serialized).documents
        let first = DocumentDeclaration(
            name: "docs",
            titleWeight: 2.5,
            synonyms: [["retry", "try again"]],
            entries: [
                .init(questions: ["how do I submit"], document: "a.rst", section: "Submitting", url: nil, text: nil),
                .init(
                    questions: ["who helps"],
                    document: "people",
                    section: nil,
                    url: "https://x.example.org",
                    text: "Shifters."
                ),
            ]
        )
        #expect(read == [first, DocumentDeclaration(name: "more")])
        #expect(read.last?.titleWeight == 3)
    }

    @Test(
        arguments: [
            ([:], "/documents"), ([1], "/documents/0"), ([[:]], "/documents/0/name"),
            ([["name": "a b"]], "/documents/0/name"),
            ([["name": "a"], ["name": "a"]], "/documents/1/name"),
            ([["name": "a", "title_weight": -1]], "/documents/0/title_weight"),
            ([["name": "a", "title_weight": 101]], "/documents/0/title_weight"),
            ([["name": "a", "synonyms": "x"]], "/documents/0/synonyms"),
            ([["name": "a", "synonyms": [["one"]]]], "/documents/0/synonyms/0"),
            ([["name": "a", "synonyms": [["one", 2]]]], "/documents/0/synonyms/0"),
            ([["name": "a", "synonyms": [["one", ""]]]], "/documents/0/synonyms/0"),
            ([["name": "a", "entries": [["document": "x"]]]], "/documents/0/entries/0/questions"),
            ([["name": "a", "entries": [["questions": ["q"]]]]], "/documents/0/entries/0/document"),
            (
                [["name": "a", "entries": [["questions": ["q"], "document": "x", "text": ""]]]],
                "/documents/0/entries/0/text"
            ),
            (
                [["name": "a", "entries": [["questions": ["q"], "document": "x", "url": "javascript:x"]]]],
                "/documents/0/entries/0/url"
            ),
        ] as [(JSONValue, String)]
    )
    func `what is wrong is named with its place`(documents: JSONValue, pointer: String) {
        #expect(pointers(documents) == [pointer])
    }

    @Test(arguments: [(16, 0), (17, 1)]) func `there may be sixteen collections`(count: Int, faults: Int) {
        #expect(pointers(.array((0..<count).map { ["name": .string("c\($0)")] })).count == faults)
    }

    @Test(arguments: [(2000, 0), (2001, 1)]) func `an answer may have 2000 bytes`(length: Int, faults: Int) {
        let text = JSONValue.string(String(repeating: "x", count: length))
        let entry: JSONValue = ["questions": ["q"], "document": "x", "text": text]
        #expect(pointers([["name": "a", "entries": [entry]]]).count == faults)
    }

    @Test(arguments: [(500, 0), (501, 1)]) func `there may be 500 groups of synonyms`(count: Int, faults: Int) {
        let groups = JSONValue.array(Array(repeating: ["a", "b"], count: count))
        #expect(pointers([["name": "a", "synonyms": groups]]).count == faults)
    }
}
