import GatewayCore
import Testing

@Suite("URI templates")
struct URITemplateTests {
    @Test(
        arguments: [
            ("panda://job/{id}", "panda://job/5", ["id": "5"]),
            ("panda://job/{id}", "panda://job/a%20b", ["id": "a%20b"]),
            ("panda://job/{id}", "panda://job/", nil),
            ("panda://job/{id}", "panda://job/5/log", nil),
            ("panda://job/{id}", "panda://job/5?x", nil),
            ("panda://job/{id}", "panda://job/5#x", nil),
            ("panda://job/{id}", "panda://task/5", nil),
            ("panda://job/{id}", "panda://job", nil),
            ("job://{id}/log", "job://5/log", ["id": "5"]),
            ("job://{id}/log", "job://5/log/more", nil),
            ("job://{id}/log", "job:///log", nil),
            ("a:{x}-{y}", "a:1-2", ["x": "1", "y": "2"]),
            ("a:{x}-{y}", "a:1-2-3", ["x": "1", "y": "2-3"]),
            ("a:{x}-{y}", "a:-2", nil),
            ("file:{+path}", "file:/a/b?c#d", ["path": "/a/b?c#d"]),
            ("file:{+path}/end", "file:a/end", ["path": "a"]),
            ("a:b", "a:b", [:]),
            ("a:b", "a:c", nil),
        ] as [(String, String, [String: String]?)]
    )
    func `a URI fits in one way or not at all`(template: String, uri: String, values: [String: String]?) throws {
        #expect(try URITemplate(template).match(uri) == values)
    }

    @Test(arguments: [
        ("a:{", URITemplate.Fault.brace), ("a:}", .brace), ("a:b}c", .brace), ("a:{x", .brace),
        ("a:{}", .expression("")), ("a:{?x}", .expression("?x")), ("a:{x,y}", .expression("x,y")),
        ("a:{x*}", .expression("x*")), ("a:{+}", .expression("+")),
        ("a:{x}{y}", .adjacent), ("a:{x}-{x}", .repeated("x")),
    ])
    func `what cannot be taken apart in one way is refused`(template: String, fault: URITemplate.Fault) {
        #expect(throws: fault) { try URITemplate(template) }
    }

    @Test func `a long URI that nearly fits costs one pass`() throws {
        let template = try URITemplate("a:{x}ab{y}ab{z}ac")
        #expect(template.match("a:" + String(repeating: "ab", count: 100_000)) == nil)
    }

    @Test func `variables are named in order`() throws {
        #expect(try URITemplate("a:{x}/{+y}").variables == ["x", "y"])
    }
}
