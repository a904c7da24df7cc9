import JSON
import PluginKit
import PluginTesting
import Testing

@Suite("What the host itself refuses")
struct HostRefusalTests {
    private static let run = HostReply(
        status: 0,
        body: ([
            "status": 200, "headers": [:], "encoding": "json", "truncated": false,
            "body": [
                RunFixture.row(1, "u_x_run_isr", status: "Failed", total: 4, failed: 4)
            ],
        ] as JSONValue).serialized
    )

    private static func refusal(_ status: Int32) -> HostReply {
        HostReply(status: status, body: Array(#"{"message":"The source does not answer."}"#.utf8))
    }

    @Test(
        arguments: [(5, .unavailable), (6, .timeout), (8, .rateLimited), (10, .cancelled)] as [(Int32, ToolError.Code)]
    )
    func `reaches the caller with its own code`(status: Int32, code: ToolError.Code) async {
        let host = FixedHost(Self.refusal(status))
        #expect(await toolError { try await RunFixture.harness(host).call(["run": 7]) }?.code == code)
        #expect(await toolError { try await RunFixture.listHarness(host).call() }?.code == code)
    }

    @Test func `an answer that was cut is too large to be understood`() async {
        let cut = HostReply(
            status: 0,
            body: Array(#"{"status":200,"headers":{},"encoding":"text","truncated":true,"body":"[{"}"#.utf8)
        )
        #expect(await toolError { try await RunFixture.listHarness(FixedHost(cut)).call() }?.code == .tooLarge)
    }

    @Test func `a timeout of the exit codes leaves the report without them`() async throws {
        let report = try await RunFixture.harness(FixedHost(Self.run, codes: Self.refusal(6))).call(["run": 7])
        #expect(report["jobs"] == ["FAILED": 4])
        #expect(report["missing_parts"] == ["exit codes of isr (PanDA task 9001): The source does not answer."])
    }

    @Test func `a call nobody waits for ends at once`() async {
        let host = FixedHost(Self.run, codes: Self.refusal(10))
        #expect(await toolError { try await RunFixture.harness(host).call(["run": 7]) }?.code == .cancelled)
    }
}
