import GatewayCore
import JSON
import SQLiteSource
import Testing

struct ParameterTests {
    @Test(
        arguments: [
            ("SELECT $1", ["a"], #"[["a"]]"#),
            ("SELECT $2, $1", ["a", "b"], #"[["b","a"]]"#),
            ("SELECT $1, $1", ["a"], #"[["a","a"]]"#),
            (
                "SELECT $10, $9, $8, $7, $6, $5, $4, $3, $2, $1", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
                "[[10,9,8,7,6,5,4,3,2,1]]"
            ),
            ("SELECT '$1', $1 -- $2", [1], #"[["$1",1]]"#),
            ("SELECT $1, $2, $3, $4", [nil, true, false, 1.5], "[[null,1,0,1.5]]"),
            ("SELECT $1", [9_223_372_036_854_775_807], "[[9223372036854775807]]"),
            ("SELECT $1", [""], #"[[""]]"#),
            ("SELECT $1", ["a'; DROP TABLE jobs; --"], #"[["a'; DROP TABLE jobs; --"]]"#),
            ("SELECT $1", ["Grüße 😀"], #"[["Grüße 😀"]]"#),
            ("SELECT $1", [.decimal("123456789012345678901234567890")], #"[["123456789012345678901234567890"]]"#),
            ("SELECT 1", [], "[[1]]"),
        ] as [(String, [JSONValue], String)]
    )
    func `parameters go by their number`(statement: String, parameters: [JSONValue], expected: String) async throws {
        #expect(try await SampleDatabase().source().json(statement, parameters) == expected)
    }

    @Test(
        arguments: [
            ("SELECT $1", [], "The statement uses $1, but 0 parameters are given."),
            ("SELECT $1, $3", [1, 2], "The statement uses $3, but 2 parameters are given."),
            ("SELECT 1", [1], "1 parameters are given, but the statement does not use $1."),
            ("SELECT $1, $3", [1, 2, 3], "3 parameters are given, but the statement does not use $2."),
            ("SELECT ?", [1], "Write the parameters as $1 … $n."),
            ("SELECT ?1", [1], "Write the parameters as $1 … $n."),
            ("SELECT :a", [1], "Write the parameters as $1 … $n."),
            ("SELECT $a", [1], "Write the parameters as $1 … $n."),
            ("SELECT $0", [1], "Write the parameters as $1 … $n."),
            ("SELECT $01", [1], "Write the parameters as $1 … $n."),
            ("SELECT $1", [[1]], "Parameter $1 must be null, a bool, a number or a string."),
            ("SELECT $1, $2", [1, ["a": 1]], "Parameter $2 must be null, a bool, a number or a string."),
        ] as [(String, [JSONValue], String)]
    )
    func `a mismatch is told`(statement: String, parameters: [JSONValue], message: String) async throws {
        let source = try SampleDatabase().source()
        await #expect(throws: SourceError.invalid(message)) { try await source.rows(statement, parameters) }
    }

    @Test func `values of one run are gone in the next`() async throws {
        let source = try SampleDatabase().source(readers: 1)
        #expect(try await source.json("SELECT $1", ["a"]) == #"[["a"]]"#)
        await #expect(throws: SourceError.self) { try await source.rows("SELECT $1") }
        #expect(try await source.json("SELECT $1", [nil]) == "[[null]]")
    }

    @Test func `more different statements than are kept compiled`() async throws {
        let source = try SampleDatabase().source(readers: 1)
        for round in 0..<2 {
            for number in 0..<100 {
                #expect(try await source.json("SELECT \(number)") == "[[\(number)]]", "round \(round)")
            }
        }
    }
}
