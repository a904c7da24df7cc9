import JSON
import Testing

@testable import PluginChecking

@Suite struct SampleTests {
    private func samples(_ text: String, recorded: [JSONValue] = []) throws -> ArgumentSamples {
        ArgumentSamples(try JSONValue(parsing: text), recorded: recorded)
    }

    private let job = """
        {"type": "object", "required": ["id"], "properties": {
          "id": {"type": "integer", "minimum": 5, "maximum": 9}, "site": {"type": ["string", "null"], "maxLength": 3},
          "when": {"type": "string", "format": "date-time"}, "kind": {"enum": ["a", "b"]},
          "tags": {"type": "array", "items": {"$ref": "#/$defs/tag"}, "minItems": 1}},
         "$defs": {"tag": {"type": "object", "required": ["name"], "properties": {"name": {"const": "x"}}}}}
        """

    @Test func `samples go from the least to the most a schema allows`() throws {
        let valid = try samples(job).valid
        #expect(valid.first == ["id": 5])
        #expect(valid.last?["id"] == 9)
        #expect(valid.last?["site"] == "üüü")
        #expect(valid.last?["kind"] == "b")
        #expect(valid.last?["tags"] == [["name": "x"]])
    }

    @Test func `what does not fit lacks, adds and mistakes`() throws {
        let invalid = try samples(job).invalid
        #expect(invalid.contains([:]))
        #expect(invalid.contains { $0["no_such_argument"] != nil })
        #expect(invalid.contains { $0["id"] == true })
        #expect(!invalid.contains(["id": 5]))
    }

    @Test func `the author's own arguments come first, when they fit`() throws {
        let valid = try samples(job, recorded: [["id": 7], ["id": 70]]).valid
        #expect(valid.first == ["id": 7])
        #expect(!valid.contains(["id": 70]))
    }

    @Test func `a schema nobody can guess for gives no samples`() throws {
        #expect(
            try samples(
                #"{"type": "object", "required": ["a"], "properties": {"a": {"type": "string", "pattern": "^[0-9]{9}$"}}}"#
            ).valid == []
        )
    }
}
