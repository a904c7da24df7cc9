import PanDAKit
import PluginKit
import Testing

@Suite struct StateArgumentTests {
    private let known = ["failed", "finished"]

    @Test(
        arguments: [
            ("failed", "failed"), ("FAILED", "failed"), ("fin%", "fin%"), ("%", "%"), (nil, nil), ("", nil),
        ] as [(String?, String?)]
    )
    func `reads a state, a pattern or nothing`(text: String?, state: String?) throws {
        #expect(try StateArgument.state(text, among: known) == state)
    }

    @Test func `names the states when the word is none`() {
        let error = ToolError(
            .invalidArgument,
            "status: is none of failed, finished.",
            hint: "Write one of them, or a pattern with %."
        )
        #expect(throws: error) { try StateArgument.state("broken", among: known) }
    }
}
