import Approvals
import Foundation
import JSON
import TestSupport
import Testing

@Suite("The book of approvals, and its file")
struct ApprovalBookTests {
    private static let old = ItemDefinition(
        key: "tool list",
        document: ["description": "old", "rule": ["public": true]]
    )
    private static let new = ItemDefinition(
        key: "tool list",
        document: ["description": "new", "rule": ["public": true]]
    )
    private static let other = ItemDefinition(key: "prompt list", document: ["description": "other"])

    private static func book() -> ApprovalBook {
        var book = ApprovalBook()
        book.approve([old], of: "epic", id: "org.epic", version: "1")
        book.note(waiting: [new, other], of: "epic")
        return book
    }

    @Test func `what waits is approved alone or together`() {
        var one = Self.book()
        #expect(one.approveWaiting(of: "epic", item: "tool list") == [Self.new])
        #expect(one.approves(Self.new, of: "epic") && !one.approves(Self.old, of: "epic"))
        #expect(!one.approves(Self.other, of: "epic"))
        var both = Self.book()
        #expect(both.approveWaiting(of: "epic", item: "list") == [Self.other, Self.new])
        var all = Self.book()
        #expect(all.approveWaiting(of: "epic") == [Self.other, Self.new])
        #expect(all.records["epic"]?.waiting == [:])
        #expect(all.approveWaiting(of: "epic") == [])
        #expect(all.approveWaiting(of: "epic", item: "lis") == [])
        #expect(all.approveWaiting(of: "nobody") == [])
    }

    @Test func `noting what waits makes no record of a plugin that has none`() {
        var book = ApprovalBook()
        book.note(waiting: [Self.new], of: "epic")
        #expect(book == ApprovalBook())
    }

    @Test func `a plugin does not make the book too long`() {
        var book = Self.book()
        let items = (0...ApprovalBook.longestWait.items).map { ItemDefinition(key: "tool t\($0)", document: [:]) }
        book.note(waiting: Array(items.dropLast()), of: "epic")
        #expect(book.records["epic"]?.waiting.count == items.count - 1)
        book.note(waiting: items, of: "epic")
        #expect(book.records["epic"]?.waiting.count == items.count - 1)
        // Two quotes, and two for the text.
        let half = String(repeating: "a", count: ApprovalBook.longestWait.bytes / 2 - 2)
        let large = [half, half, ""].enumerated().map { ItemDefinition(key: "tool \($0)", document: .string($1)) }
        book.note(waiting: large, of: "epic")
        #expect(book.records["epic"]?.waiting.count == 2)
    }

    @Test func `texts that only look alike are two`() throws {
        let composed = ItemDefinition(key: "tool list", document: ["description": "caf\u{E9}"])
        let decomposed = ItemDefinition(key: "tool list", document: ["description": "cafe\u{301}"])
        var book = ApprovalBook()
        book.approve([composed], of: "epic", id: "org.epic", version: "1")
        #expect(!book.approves(decomposed, of: "epic"))
        #expect(DefinitionDifference.lines(from: composed.document, to: decomposed.document).count == 2)
        let file = ApprovalFile(in: try RunFolder.current.subfolder("approvals"))
        try file.change { $0 = book }
        try file.change { $0.note(waiting: [composed], of: "epic") }
        try file.change { $0.note(waiting: [decomposed], of: "epic") }
        try file.change { _ = $0.approveWaiting(of: "epic") }
        #expect(try file.read().approves(decomposed, of: "epic"))
    }

    @Test func `a book comes back from its text`() throws {
        #expect(try ApprovalBook(parsing: Self.book().serialized) == Self.book())
    }

    @Test(arguments: [
        "", "{", "[]", "{}", "{\"schema\": \"beamline.approvals/2\", \"plugins\": {}}",
        "{\"schema\": \"beamline.approvals/1\"}",
        "{\"schema\": \"beamline.approvals/1\", \"plugins\": {\"epic\": {}}}",
        "{\"schema\": \"beamline.approvals/1\", \"plugins\": {\"epic\": {\"id\": \"x\", \"version\": \"1\", \"approved\": {}}}}",
        "{\"schema\": \"beamline.approvals/1\", \"plugins\": {}, \"plugins\": {}}",
    ])
    func `a broken file is said to be one, is not replaced, and approves nothing`(_ text: String) throws {
        let folder = try RunFolder.current.subfolder("approvals")
        let file = ApprovalFile(in: folder)
        #expect(try file.read() == ApprovalBook())
        try Data(text.utf8).write(to: URL(fileURLWithPath: file.path))
        #expect(throws: ApprovalFailure.self) { try file.read() }
        #expect(throws: ApprovalFailure.self) {
            try file.change { book in book.approve([Self.old], of: "epic", id: "org.epic", version: "1") }
        }
        #expect(try String(contentsOfFile: file.path, encoding: .utf8) == text)
    }

    @Test func `a change is kept for the owner alone`() throws {
        let file = ApprovalFile(in: try RunFolder.current.subfolder("approvals"))
        try file.change { book in book = Self.book() }
        #expect(try file.read() == Self.book())
        let attributes = try FileManager.default.attributesOfItem(atPath: file.path)
        #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
    }

    @Test func `differences are readable`() {
        let old: JSONValue = ["description": "a", "inputSchema": ["type": "object", "required": ["x"]], "gone": 1]
        let new: JSONValue = [
            "description": "b", "inputSchema": ["required": ["x", "y"], "type": "object"], "come": true,
        ]
        #expect(
            DefinitionDifference.lines(from: old, to: new) == [
                "  - description: a", "  + description: b", "  - inputSchema.required: [\"x\"]",
                "  + inputSchema.required: [\"x\",\"y\"]", "  - gone: 1", "  + come: true",
            ]
        )
        #expect(DefinitionDifference.lines(from: old, to: old) == [])
        #expect(DefinitionDifference.lines(from: nil, to: ["description": "b"]) == ["new", "  + description: b"])
    }
}
