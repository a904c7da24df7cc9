import JSON
import PluginKit
import Testing

@Suite("List results")
struct ListResultTests {
    private struct Item: Encodable, Sendable {
        let id: Int
        let text = String(repeating: "x", count: 90)
    }

    private func list(_ count: Int, budget: Int, hasMore: Bool = false) throws -> JSONValue {
        let result = ListResult(
            (1...count).map { Item(id: $0) },
            totalCount: 500,
            hasMore: hasMore,
            budgetBytes: budget,
            cursor: { "after-\($0.id)" }
        )
        return try JSONValue(parsing: JSONBytesEncoder().encode(result))
    }

    @Test func `what fits is shown whole`() throws {
        let value = try list(3, budget: 32 << 10)
        #expect(value["items"]?.array?.count == 3)
        #expect(value["has_more"] == false)
        #expect(value["next_cursor"] == nil)
        #expect(value["truncated"] == nil)
    }

    @Test func `what does not fit is cut at a record and can be continued`() throws {
        let value = try list(100, budget: 2000)
        let shown = try #require(value["items"]?.array)
        #expect(shown.count < 100)
        #expect(value["truncated"] == true)
        #expect(value["has_more"] == true)
        #expect(value["next_cursor"]?.string == "after-\(shown.count)")
        #expect(value["total_count"] == 500)
        #expect(value.serialized.count < 2000)
    }

    @Test func `one record is always shown, so that a cursor gets on`() throws {
        #expect(try list(2, budget: 10)["items"]?.array?.count == 1)
    }

    @Test func `more beyond the limit brings a cursor without a cut`() throws {
        let value = try list(2, budget: 32 << 10, hasMore: true)
        #expect(value["next_cursor"] == "after-2")
        #expect(value["truncated"] == nil)
    }

    @Test func `a list fits its schema`() throws {
        let schema = try JSONSchema(
            compiling: Schema.list(of: .object([.required("id", .integer()), .required("text", .string())])).document
        )
        for value in [try list(1, budget: 1), try list(100, budget: 2000)] {
            #expect(try schema.violations(in: JSONDocument(parsing: value.serialized).root) == [])
        }
    }
}
