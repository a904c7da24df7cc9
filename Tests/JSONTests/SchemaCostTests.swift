import JSON
import Testing

struct SchemaCostTests {
    private func root(_ text: String) throws -> JSONNode {
        try JSONDocument(parsing: Array(text.utf8)).root
    }

    @Test func `stops when checking costs too much`() throws {
        let value = try root("[" + Array(repeating: "1", count: 50).joined(separator: ",") + "]")
        let schema: JSONValue = ["items": ["type": "integer"]]
        let generous = try JSONSchema(compiling: schema, options: .init(stepLimit: 60))
        #expect(generous.violations(in: value).isEmpty)
        let strict = try JSONSchema(compiling: schema, options: .init(stepLimit: 50))
        #expect(strict.violations(in: value).map(\.message) == ["is too complex to check; send less at once"])
    }

    @Test func `stops at alternatives that multiply`() throws {
        // Each level tries the one below it four times: 4²⁰ trials without a bound.
        let levels = (1...20).map { level in
            let below = JSONValue.object(
                JSONObject(members: [.init(name: "$ref", value: .string("#/$defs/l\(level - 1)"))])
            )
            return JSONObject.Member(name: "l\(level)", value: ["items": ["oneOf": [below, below, below, below]]])
        }
        let bottom = JSONObject.Member(name: "l0", value: ["type": "integer"])
        let schema: JSONValue = ["$defs": .object(JSONObject(members: [bottom] + levels)), "$ref": "#/$defs/l20"]
        let text = String(repeating: "[", count: 20) + "\"x\"" + String(repeating: "]", count: 20)
        let violations = try JSONSchema(compiling: schema, options: .init(stepLimit: 10_000)).violations(
            in: try root(text)
        )
        #expect(violations.map(\.message) == ["is too complex to check; send less at once"])
    }

    @Test(arguments: ["^(a+)+$", "^(a|a)*$", "(a*)*b", "(a|aa)+$", "(.*)(.*)(.*)(.*)x"])
    func `matches malicious patterns in linear time`(pattern: String) throws {
        let schema = try JSONSchema(compiling: ["pattern": .string(pattern)])
        let value = try root("\"" + String(repeating: "a", count: 20_000) + "!\"")
        let time = ContinuousClock().measure {
            #expect(schema.violations(in: value).count == 1)
        }
        #expect(time < .seconds(60))
    }

    @Test func `compares long lists for uniqueness without comparing all pairs`() throws {
        let value = try root("[" + (0..<50_000).map(String.init).joined(separator: ",") + "]")
        let schema = try JSONSchema(compiling: ["uniqueItems": true])
        #expect(schema.violations(in: value).isEmpty)
    }

    @Test func `survives a dynamic reference without end`() throws {
        let schema = try JSONSchema(compiling: ["$dynamicAnchor": "a", "$dynamicRef": "#a"])
        #expect(schema.violations(in: try root("1")).count == 1)
    }
}
