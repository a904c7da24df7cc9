import JSON
import PanDAKit
import PluginKit
import PluginTesting
import Testing

@Suite struct ExplainErrorToolTests {
    private let harness = CallHarness(ExplainErrorTool(), host: SourcesInMemory(), now: Timestamp(seconds: 0))

    @Test func `explains pilot 1235 and says what to do`() async throws {
        let answer = try await harness.call(["code": 1235, "component": "pilot"])
        let match = try #require(answer["matches"]?.array?.first)
        #expect(match["acronym"] == "PAYLOADEXCEEDMAXMEM")
        #expect(match["meaning"] == "Payload exceeded maximum allowed memory")
        #expect(match["category"] == "runtime_limits")
        #expect(match["is_user_problem"] == nil)
        #expect(match["next_steps"]?["user"]?.array?.isEmpty == false)
        #expect(match["next_steps"]?["expert"]?.array?.isEmpty == false)
        #expect(answer["summary"] == "pilot 1235 (PAYLOADEXCEEDMAXMEM): Payload exceeded maximum allowed memory.")
    }

    @Test func `a number that several components use is told for each`() async throws {
        let answer = try await harness.call(["code": 100])
        #expect(
            answer["matches"]?.array?.map { $0["component"]?.string }
                == ["ddm", "executor", "dispatcher", "taskbuffer"]
        )
        #expect(answer["summary"]?.string?.hasSuffix("3 other components use the number, too.") == true)
        let one = try await harness.call(["code": 100, "component": "dispatcher"])
        #expect(one["matches"]?.array?.map { $0["meaning"]?.string } == ["lost heartbeat"])
    }

    @Test(arguments: [
        (134, "SIGABRT"), (135, "SIGBUS"), (137, "SIGKILL"), (138, "SIGUSR1"), (139, "SIGSEGV"), (143, "SIGTERM"),
        (158, "SIGPWR"),
    ])
    func `exit codes of signals have Linux numbers`(code: Int, name: String) async throws {
        let match = try await harness.call(["code": .integer(code)])["matches"]?.array?.first
        #expect(match?["component"] == "transformation")
        #expect(match?["acronym"]?.string == name)
        #expect(match?["category"] == "signal")
    }

    @Test(arguments: [105, 106, 107, 111])
    func `what PanDA retried is no problem of the user`(code: Int) async throws {
        let match = try await harness.call(["code": .integer(code), "component": "taskbuffer"])["matches"]?.array?.first
        #expect(match?["is_user_problem"] == false)
        #expect(match?["category"] == "retried")
        #expect(match?["note"] != nil)
    }

    @Test(arguments: [
        (ErrorComponent.pilot, 1098), (.pilot, 1099), (.pilot, 1100), (.pilot, 1103), (.pilot, 1104), (.pilot, 1110),
        (.pilot, 1137), (.pilot, 1150), (.pilot, 1151), (.pilot, 1152), (.pilot, 1201), (.pilot, 1203), (.pilot, 1212),
        (.pilot, 1213), (.pilot, 1235), (.pilot, 1305), (.pilot, 1324), (.pilot, 1354), (.pilot, 1361), (.pilot, 1368),
        (.taskbuffer, 105), (.taskbuffer, 106), (.taskbuffer, 107), (.dispatcher, 100), (.ddm, 200),
    ])
    func `the frequent codes come with steps and a category`(component: ErrorComponent, code: Int) {
        #expect(component.entry(for: code) != nil)
        #expect(ErrorGuidance.guidance(for: component, code: code)?.user.isEmpty == false)
        #expect(ErrorCategory.category(of: component, code: code) != nil)
    }

    @Test func `a code unknown to one component names those that know it`() async throws {
        let error = ToolError(
            .notFound,
            "No table has the code 1235 of the ddm.",
            hint: "The number is known to other components: pilot."
        )
        await #expect(throws: CallHarness.Failure.tool(error)) {
            try await harness.call(["code": 1235, "component": "ddm"])
        }
    }

    @Test(
        arguments: [
            (["code": 4242], "No table has the code 4242.", "Harvester"),
            (["code": 77], "No table has the code 77.", "diagnosis"),
            (
                ["code": 165, "component": "transformation"], "No table has the code 165 of the transformation.",
                "signal 37"
            ),
        ] as [(JSONValue, String, String)]
    )
    func `an unknown code is not found, with a hint`(arguments: JSONValue, message: String, hint: String) async {
        let failure = await #expect(throws: CallHarness.Failure.self) { try await harness.call(arguments) }
        guard case .tool(let error) = failure else { return #expect(Bool(false), "\(String(describing: failure))") }
        #expect(error.code == .notFound)
        #expect(error.message == message)
        #expect(error.hint?.contains(hint) == true)
    }

    @Test(arguments: [["code": 0], ["code": 1, "component": "printer"]] as [JSONValue])
    func `arguments that do not fit are refused`(arguments: JSONValue) async {
        let failure = await #expect(throws: CallHarness.Failure.self) { try await harness.call(arguments) }
        guard case .arguments = failure else { return #expect(Bool(false), "\(String(describing: failure))") }
    }
}
