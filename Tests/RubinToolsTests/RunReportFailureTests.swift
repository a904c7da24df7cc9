import JSON
import PluginKit
import PluginTesting
import Testing

@Suite("run_report when iDDS does not do as hoped")
struct RunReportFailureTests {
    private static let failing = RunFixture.row(
        1,
        "u_x_run_isr",
        status: "SubFinished",
        total: 9,
        processed: 5,
        failed: 4
    )
    private static let codes = "/catalog/contents_output_ext/7/9001/1/true"

    private func error(_ run: JSONValue = 7, _ answers: [String: SourcesInMemory.Answer]) async -> ToolError? {
        await toolError { try await RunFixture.harness(RunFixture.sources(answers)).call(["run": run]) }
    }

    // MARK: The run itself

    @Test(
        arguments: [
            .json([]), .json(["error": "NoObject"]), .json([["error": "no request 7"]]),
            .json(["error": "NoObject"], status: 404),
        ] as [SourcesInMemory.Answer]
    )
    func `a run that is not there is not found`(answer: SourcesInMemory.Answer) async {
        #expect(
            await error(7, ["/request/7/null/true": answer])
                == ToolError(.notFound, "There is no such run.", hint: "Find runs with list_runs.")
        )
    }

    @Test(
        arguments: [
            (.text("<!DOCTYPE html><title>Maintenance</title>"), "a page instead of JSON"),
            (.text("{\"request_id\": 7,"), "a body that is not JSON"),
            (.text(""), "a body that is not JSON"),
            (.json("fine"), "neither a list of transforms nor an object"),
            (.json([["request_id": 8]]), "rows that are not of request 7"),
            (.json([17]), "rows that are not of request 7"),
            (.json(["error": "database down"], status: 500), "status 500"),
            (.text("<html>", status: 302), "status 302"),
            (.text("<html>", status: 404), "status 404 without a JSON body"),
            (.json([:], status: 401), "status 401"),
        ] as [(SourcesInMemory.Answer, String)]
    )
    func `an answer that is none is unavailable, and only the operator hears why`(
        answer: SourcesInMemory.Answer,
        detail: String
    ) async {
        let error = await error(7, ["/request/7/null/true": answer])
        #expect(error?.code == .unavailable)
        #expect(error?.detail == detail)
    }

    @Test(arguments: [(504, .timeout), (408, .timeout), (429, .rateLimited)] as [(Int, ToolError.Code)])
    func `a slow or busy iDDS says so`(status: Int, code: ToolError.Code) async {
        #expect(await error(7, ["/request/7/null/true": .json([:], status: status)])?.code == code)
    }

    @Test(
        arguments: [
            (ToolError(.unavailable, "The data source idds cannot answer now."), .unavailable),
            (ToolError(.notFound, "no such source"), .unavailable),
        ] as [(ToolError, ToolError.Code)]
    )
    func `a dead or missing source is unavailable, never not found`(failure: ToolError, code: ToolError.Code) async {
        let host = SourcesInMemory(request: { _ throws(ToolError) in throw failure })
        let error = await toolError { try await RunFixture.harness(host).call(["run": 7]) }
        #expect(error?.code == code)
    }

    // MARK: By name

    @Test(
        arguments: [
            ["u_x_run": 7, "uax_run": 9],
            [["name": "u_x_run", "request_id": 7], ["name": "uaxbrun", "request_id": 9]],
            [7], ["name": "u_x_run", "request_id": 7],
        ] as [JSONValue]
    )
    func `a name leads to the request of exactly that name`(found: JSONValue) async throws {
        let host = RunFixture.sources([
            "/request/name/u_x_run": .json(found), "/request/7/null/true": .json([Self.failing]),
            Self.codes: .json([]),
        ])
        #expect(try await RunFixture.harness(host).call(["run": "u_x_run"])["request_id"] == 7)
    }

    @Test(arguments: [[], [:], ["u_y_run": 9], [["name": "uaxbrun", "request_id": 9]], ["error": "x"]] as [JSONValue])
    func `a name that only looks alike is not found`(found: JSONValue) async {
        #expect(await error("u_x_run", ["/request/name/u_x_run": .json(found)])?.code == .notFound)
    }

    @Test func `of several runs of one name the newest is told, and the others are named`() async throws {
        let host = RunFixture.sources([
            "/request/name/u_x_run": .json([3, 7, 5]), "/request/7/null/true": .json([Self.failing]),
            Self.codes: .json([]),
        ])
        let report = try await RunFixture.harness(host).call(["run": "u_x_run"])
        #expect(report["request_id"] == 7)
        #expect(report["other_request_ids"] == [5, 3])
        #expect(report["hint"] != nil)
    }

    @Test func `a failure after the name was found is a failure`() async {
        let error = await error(
            "u_x_run",
            ["/request/name/u_x_run": .json([7]), "/request/7/null/true": .json([:], status: 503)]
        )
        #expect(error?.code == .unavailable)
    }

    @Test(arguments: ["u_%", "u*", "..", ".", "a b", "a?b", "a#b", "-0", "é"])
    func `what cannot be a name is refused without asking`(name: String) async {
        let host = RunFixture.sources([:])
        let error = await toolError { try await RunFixture.harness(host).call(["run": .string(name)]) }
        #expect(error?.code == .invalidArgument)
        #expect(host.requests == [])
    }

    @Test(arguments: [0, -1, "", nil, 1.5, true, [7]] as [JSONValue])
    func `what is neither id nor name does not fit the schema`(run: JSONValue) async throws {
        let harness = try RunFixture.harness(RunFixture.sources([:]))
        do {
            _ = try await harness.call(["run": run])
            Issue.record("was accepted")
        } catch {
            guard case .arguments = error else {
                Issue.record("\(error)")
                return
            }
        }
    }

    // MARK: Exit codes

    @Test func `without exit codes the report names what is missing`() async throws {
        let report = try await RunFixture.report([Self.failing], codes: [Self.codes: .json([:], status: 500)])
        #expect(report["jobs"] == ["SUCCEEDED": 5, "FAILED": 4])
        #expect(report["labels"]?.array?.first?["exit_codes"] == nil)
        #expect(report["missing_parts"] == ["exit codes of isr (PanDA task 9001): iDDS cannot answer now."])
    }

    @Test(arguments: [.json("x"), .json(["9001": "x"]), .text("<html>")] as [SourcesInMemory.Answer])
    func `exit codes that cannot be read are missing`(answer: SourcesInMemory.Answer) async throws {
        let report = try await RunFixture.report([Self.failing], codes: [Self.codes: answer])
        #expect(report["exit_codes"] == [])
        #expect(report["missing_parts"]?.array?.count == 1)
    }

    @Test(arguments: [true, false])
    func `only jobs that failed count, also those without a code`(byTask: Bool) async throws {
        let rows: JSONValue = [
            ["status": "FinalFailed", "trans_exit_code": "1"], ["status": 4, "trans_exit_code": 1],
            ["status": "Failed", "trans_exit_code": nil], ["trans_exit_code": "137"],
            ["status": "Available", "trans_exit_code": "0"], ["status": "Missing"], ["trans_exit_code": "0"],
        ]
        let report = try await RunFixture.report(
            [Self.failing],
            codes: [Self.codes: .json(byTask ? ["9001": rows] : rows)]
        )
        #expect(
            report["exit_codes"] == [["exit_code": 1, "count": 2], ["exit_code": 137, "count": 1], ["count": 1]]
        )
        #expect(report["missing_parts"] == [])
    }

    @Test func `after two transforms that do not tell, no more are asked`() async throws {
        let rows = (1...5).map {
            RunFixture.row($0, .string("u_x_run_l\($0)"), status: "Failed", total: 9, failed: .integer($0))
        }
        let host = RunFixture.sources(["/request/7/null/true": .json(.array(rows))])
        let report = try await RunFixture.harness(host).call(["run": 7])
        #expect(
            host.requests.map(\.path) == [
                "/request/7/null/true", "/catalog/contents_output_ext/7/9005/5/true",
                "/catalog/contents_output_ext/7/9004/4/true",
            ]
        )
        #expect(
            report["missing_parts"] == [
                "exit codes of l5 (PanDA task 9005): iDDS has no record of its jobs.",
                "exit codes of l4 (PanDA task 9004): iDDS has no record of its jobs.",
                "exit codes of 3 more transforms with failures: not asked for",
            ]
        )
    }

    @Test(arguments: [20, 21])
    func `at most 20 transforms are asked about`(given: Int) async throws {
        let rows = (1...given).map {
            RunFixture.row($0, .string("u_x_run_l\($0)"), status: "Failed", total: 1, failed: 1)
        }
        let host = SourcesInMemory(request: { request throws(ToolError) in
            request.path == "/request/7/null/true"
                ? .json(.array(rows)) : .json([["status": "Failed", "trans_exit_code": "2"]])
        })
        let report = try await RunFixture.harness(host).call(["run": 7])
        #expect(report["exit_codes"] == [["exit_code": 2, "count": 20]])
        #expect(host.progress.last == 20)
        #expect(
            report["missing_parts"]
                == (given > 20 ? ["exit codes of 1 more transforms with failures: not asked for"] : [])
        )
    }
}
