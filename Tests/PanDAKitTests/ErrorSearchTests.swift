import JSON
import PanDAKit
import PluginKit
import PluginTesting
import Testing

/// Errors explained by their words.
@Suite struct ErrorSearchTests {
    private func explain(_ arguments: JSONValue) async throws -> JSONValue {
        try await CallHarness(ExplainErrorTool(), host: SourcesInMemory(), now: Timestamp(seconds: 1_795_236_000))
            .call(arguments)
    }

    @Test(arguments: [
        ("PAYLOADEXCEEDMAXMEM", 1235), ("payload_exceed_max_mem", 1235),
        ("Payload exceeded maximum allowed memory", 1235),
        ("pilot:1235 Payload exceeded maximum allowed memory:job has exceeded the memory limit 4096000 kB", 1235),
        ("Failed to stage-in file:DAOD_PHYS.root not found", 1099), ("looping job killed by pilot", 1150),
    ])
    func `a name or a message leads to its code`(text: String, code: Int) async throws {
        let answer = try await explain(["text": .string(text)])
        #expect(answer["code"] == .integer(code), "\(answer)")
        #expect(answer["matches"]?.array?.first?["code"] == .integer(code))
    }

    @Test(arguments: ["banana bread", "the of a", "", "error"])
    func `a text like none of the tables is not found`(text: String) async {
        let error = await #expect(throws: CallHarness.Failure.self) { try await explain(["text": .string(text)]) }
        guard case .tool(let error) = error else { return #expect(Bool(false), "\(String(describing: error))") }
        #expect(error.code == .notFound)
    }

    @Test(arguments: [[:], ["code": 1235, "text": "memory"]] as [JSONValue])
    func `a code or a text is needed, and not both`(arguments: JSONValue) async {
        let error = await #expect(throws: CallHarness.Failure.self) { try await explain(arguments) }
        guard case .tool(let error) = error else { return #expect(Bool(false), "\(String(describing: error))") }
        #expect(error.code == .invalidArgument)
    }
}
