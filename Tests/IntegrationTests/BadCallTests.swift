import JSON
import TestSupport
import Testing

@Suite("Bad calls")
struct BadCallTests {
    /// A call the tool must refuse, and words its message must hold.
    struct BadCall: Sendable, CustomTestStringConvertible {
        let tool: String
        let arguments: JSONValue
        let words: [String]

        init(_ tool: String, _ arguments: JSONValue, says words: String...) {
            self.tool = tool
            self.arguments = arguments
            self.words = words
        }

        var testDescription: String { "\(tool) \(String(decoding: arguments.serialized, as: UTF8.self))" }
    }

    @Test(arguments: [
        BadCall("atlas_panda_study_job", ["pandaid": "many"], says: "pandaid", "integer"),
        BadCall("atlas_panda_study_job", ["pandaid": 1.5], says: "pandaid", "integer"),
        BadCall("atlas_panda_study_job", ["pandaid": 0], says: "pandaid", "1"),
        BadCall("atlas_panda_study_job", [:], says: "pandaid"),
        BadCall("atlas_panda_study_job", ["pandaid": 1, "pandid": 2], says: #""pandid""#, #"did you mean "pandaid"?"#),
        BadCall("atlas_panda_study_job", ["pandaid": "x", "verbos": true], says: "pandaid", "verbos"),
        BadCall("epic_panda_list_jobs", ["limt": 3], says: #"did you mean "limit"?"#),
        BadCall("epic_panda_list_jobs", ["limit": -1], says: "limit"),
    ])
    func `wrong arguments are all named at once`(_ call: BadCall) async throws {
        let gateway = try await SharedSite.gateway()
        let result = try await gateway.call(call.tool, call.arguments, token: gateway.token())
        #expect(result["isError"] == true)
        let error = try #require(result["structuredContent"]?["error"])
        #expect(error["code"] == "invalid_argument")
        let message = try #require(error["message"]?.string)
        for word in call.words { #expect(message.contains(word), "\(message)") }
    }

    @Test func `arguments that are no object are a malformed request`() async throws {
        let gateway = try await SharedSite.gateway()
        let answer = try await gateway.exchange(
            gateway.callMessage("atlas_panda_study_job", [1, 2], token: gateway.token())
        )
        #expect(answer.json?["error"]?["code"] == -32602, "\(answer)")
    }

    @Test func `an optional argument that is null counts as absent`() async throws {
        let gateway = try await SharedSite.gateway()
        let result = try await gateway.call("epic_panda_list_jobs", ["limit": nil], token: gateway.token())
        #expect(result["isError"]?.bool != true, "\(result)")
    }

    @Test func `a job that does not exist is not found`() async throws {
        let gateway = try await SharedSite.gateway()
        let result = try await gateway.call("atlas_panda_study_job", ["pandaid": 17], token: gateway.token())
        #expect(result["isError"] == true)
        #expect(result["structuredContent"]?["error"]?["code"] == "not_found")
    }

    @Test(arguments: [["rubin.user"], []])
    func `a hidden tool answers as an unknown one, byte for byte`(_ roles: [String]) async throws {
        let gateway = try await SharedSite.gateway()
        let token = try await gateway.token(roles: roles, subject: "outsider")
        let (hidden, unknown) = ("atlas_panda_study_job", "atlas_panda_study_jox")
        let insider = try await gateway.pluginToolNames(token: gateway.token())
        try #require(insider.contains(hidden) && !insider.contains(unknown))

        for arguments: JSONValue in [["pandaid": 6_800_730_400], ["pandaid": "bad"], [:]] {
            let answers = try await (
                gateway.exchange(gateway.callMessage(hidden, arguments, token: token)),
                gateway.exchange(gateway.callMessage(unknown, arguments, token: token))
            )
            #expect(answers.0.status == answers.1.status)
            #expect(answers.0.fields.filter(isSteady) == answers.1.fields.filter(isSteady))
            #expect(answers.0.text.replacing(hidden, with: unknown) == answers.1.text)
            #expect(answers.1.json?["error"]?["code"] == -32602)
        }
    }

    /// Whether a header field is the same in two answers to one request.
    private func isSteady(_ field: String) -> Bool {
        !field.lowercased().hasPrefix("date:")
    }

    @Test func `the address of one experiment knows no tool of another`() async throws {
        let gateway = try await SharedSite.gateway()
        for name in ["atlas_panda_study_job", "epic_panda_list_jobs", "list_runs"] {
            let answer = try await gateway.exchange(
                gateway.callMessage(name, [:], token: gateway.token(), path: "/mcp/epic")
            )
            #expect(answer.json?["error"]?["code"] == -32602, "\(name): \(answer)")
        }
    }
}
