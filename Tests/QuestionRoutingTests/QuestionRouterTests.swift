import GatewayCore
import JSON
import QuestionRouting
import Testing

@Suite("Where questions lead")
struct QuestionRouterTests {
    private static let job = RoutingDeclaration.Identifier(name: "job", words: ["job", "pandaid"], range: nil)
    private static let byNumber: [RoutingDeclaration.Topic] = [
        .init(tool: "study_job", identifier: "job", argument: "pandaid"),
        .init(tool: "study_job", phrases: ["why did my job fail"], identifier: "job", argument: "pandaid"),
        .init(tool: "job_log", phrases: ["log"], identifier: "job", argument: "pandaid"),
        .init(tool: "study_task", identifier: "task", argument: "taskid"),
        .init(tool: "error_summary", phrases: ["analyze failures", "errors"], days: "days"),
        .init(tool: "ask_docs", phrases: ["documentation"], question: "question"),
        .init(
            tool: "explain_error",
            phrases: ["pilot error"],
            identifier: "code",
            argument: "code",
            arguments: JSONObject(members: [.init(name: "component", value: "pilot")])
        ),
    ]
    private static let inputs: [String: JSONValue] = [
        "study_job": ["required": ["pandaid"]], "job_log": ["required": ["pandaid"]],
        "study_task": ["required": ["taskid"]], "ask_docs": ["required": ["question"]],
        "error_summary": ["properties": ["days": ["maximum": 30]]], "explain_error": ["required": ["code"]],
    ]

    private static func experiment(
        _ namespace: String,
        names: [String],
        jobs: ClosedRange<Int>?,
        tasks: ClosedRange<Int>?
    ) -> RoutedExperiment {
        RoutedExperiment(
            namespace: namespace,
            routing: RoutingDeclaration(
                names: names,
                identifiers: [
                    .init(name: "job", words: ["job", "jobs", "pandaid"], range: jobs),
                    .init(name: "task", words: ["task", "tasks", "jeditaskid"], range: tasks),
                    .init(name: "code", words: ["code", "error", "exit"], range: 1000...1999),
                ],
                topics: byNumber
            ),
            inputs: inputs
        )
    }

    private static let atlas = experiment(
        "atlas",
        names: ["cern"],
        jobs: 5_000_000_000...9_999_999_999,
        tasks: 20_000_000...99_999_999
    )
    private static let epic = experiment("epic", names: ["eic"], jobs: 100_000...99_999_999, tasks: 1000...999_999)
    private let both = QuestionRouter([atlas, epic])
    private let one = QuestionRouter([atlas])

    private func first(_ question: String, _ router: QuestionRouter? = nil) -> RouteSuggestion? {
        (router ?? both).advice(on: question, limit: 5).suggestions.first
    }

    @Test(
        arguments: [
            ("Why did job 6800730400 fail?", "atlas", "study_job", ["pandaid": 6_800_730_400]),
            ("What is the status of job 6810532013?", "atlas", "study_job", ["pandaid": 6_810_532_013]),
            ("status of PandaID=1690001", "epic", "study_job", ["pandaid": 1_690_001]),
            ("What is happening with task 46374283?", "atlas", "study_task", ["taskid": 46_374_283]),
            ("is jeditaskid 38500 done", "epic", "study_task", ["taskid": 38_500]),
            ("show me the log of job with the pandaid 6800730400", "atlas", "job_log", ["pandaid": 6_800_730_400]),
            ("6800730400", "atlas", "study_job", ["pandaid": 6_800_730_400]),
            ("the 46374283 task", "atlas", "study_task", ["taskid": 46_374_283]),
            ("why did ePIC's job 6800730400 fail?", "epic", "study_job", ["pandaid": 6_800_730_400]),
            ("analyze the failures we have seen today at CERN", "atlas", "error_summary", ["days": 1]),
            ("EIC errors in the last 3 weeks", "epic", "error_summary", ["days": 21]),
            ("atlas errors of the last year", "atlas", "error_summary", ["days": 30]),
            ("atlas errors", "atlas", "error_summary", [:]),
            ("any error at atlas in the last 1200 hours", "atlas", "error_summary", ["days": 30]),
            (
                "what does pilot error 1305 mean in atlas", "atlas", "explain_error",
                ["component": "pilot", "code": 1305]
            ),
            ("atlas: why did my job fail?", "atlas", "study_job", [:]),
        ] as [(String, String, String, JSONValue)]
    )
    func `a question leads to one tool with its arguments`(
        _ question: String,
        _ namespace: String,
        _ tool: String,
        _ arguments: JSONValue
    ) throws {
        let best = try #require(first(question))
        #expect(best.namespace == namespace)
        #expect(best.tool == tool)
        #expect(JSONValue.object(best.arguments) == arguments)
    }

    @Test func `a question that is longer than the tool takes is cut`() {
        var inputs = Self.inputs
        inputs["ask_docs"] = ["properties": ["question": ["maxLength": 30]], "required": ["question"]]
        let router = QuestionRouter([
            RoutedExperiment(namespace: "atlas", routing: Self.atlas.routing, inputs: inputs)
        ])
        let suggestion = first("How do I submit a job to the grid with a large input?", router)
        #expect(suggestion?.arguments["question"] == "How do I submit a job to the g")
    }

    @Test func `a question for instructions takes itself along`() {
        let question = "How do I submit a job to the grid?"
        let suggestions = one.advice(on: question, limit: 5).suggestions
        #expect(suggestions.first?.tool == "ask_docs")
        #expect(suggestions.first?.arguments["question"]?.string == question)
        #expect(suggestions.first?.missing == [])
    }

    @Test(arguments: [("Why did my job fail?", 0.75), ("What about my job?", 0.4)])
    func `what the question does not say is missing`(_ question: String, _ confidence: Double) throws {
        let best = try #require(first(question, one))
        #expect(best.tool == "study_job")
        #expect(best.missing == ["pandaid"])
        #expect(best.confidence == confidence)
        #expect(best.reason == "The question is about a job, and does not say which.")
    }

    @Test func `a number that says by a word what it is and lies in the range is sure`() throws {
        let best = try #require(first("job 6800730400"))
        #expect(best.confidence == 0.9)
        #expect(best.reason == "The question calls 6800730400 a job, and atlas has such numbers.")
        let other = try #require(
            both.advice(on: "job 6800730400", limit: 5).suggestions.first { $0.namespace == "epic" }
        )
        #expect(other.confidence == 0.3)
    }

    @Test func `experiments that answer equally well share their confidence`() {
        let suggestions = both.advice(on: "errors of the last week", limit: 5).suggestions
        #expect(suggestions.map(\.namespace) == ["atlas", "epic"])
        #expect(suggestions.map(\.tool) == ["error_summary", "error_summary"])
        #expect(suggestions[0].confidence == suggestions[1].confidence)
        #expect(suggestions[0].confidence == first("errors of the last week", one).map { $0.confidence / 2 })
    }

    @Test func `an experiment that is far behind is no rival, however many share the first place`() {
        let equals = (1...5).map { Self.experiment("exp\($0)", names: [], jobs: nil, tasks: nil) }
        let behind = RoutedExperiment(
            namespace: "behind",
            routing: Self.atlas.routing,
            inputs: ["study_job": ["required": ["pandaid"]]]
        )
        let advice = QuestionRouter(equals + [behind]).advice(on: "what about the errors of my pandaid", limit: 20)
        #expect(advice.rivals == equals.map(\.namespace))
        #expect(advice.suggestions.contains { $0.namespace == "behind" })
        #expect(both.advice(on: "pandaid 6800730400", limit: 5).rivals == [], "one of them is sure")
    }

    @Test func `a tool that the caller may not see is never suggested`() {
        let router = QuestionRouter([
            RoutedExperiment(namespace: "atlas", routing: Self.atlas.routing, inputs: [:])
        ])
        #expect(router.advice(on: "job 6800730400", limit: 5).suggestions == [])
    }

    @Test(arguments: [
        "the last 20 jobs", "hello", "", "1234567890123456789012345678901234567890",
        "what about 999",
    ])
    func `numbers that name nothing lead nowhere`(_ question: String) {
        #expect(both.advice(on: question, limit: 5).suggestions.filter { !$0.arguments.members.isEmpty } == [])
    }

    @Test func `two numbers are two calls, and the same number one`() {
        let suggestions = one.advice(on: "compare job 6800730400 and job 6810532013, job 6800730400", limit: 5)
            .suggestions
        #expect(suggestions.map { $0.arguments["pandaid"]?.integer } == [6_800_730_400, 6_810_532_013])
    }

    @Test func `no more than wanted are suggested`() {
        #expect(both.advice(on: "errors", limit: 1).suggestions.count == 1)
        #expect(both.advice(on: "errors", limit: 0).suggestions == [])
    }

    @Test(arguments: [
        ("today", 1), ("yesterday", 2), ("this week", 7), ("the last 36 hours", 2), ("past month", 30),
        ("in 2 weeks", 14), ("last 99999 years", nil), ("last 11 years", 3660), ("week", nil),
    ])
    func `windows are read in days`(_ words: String, _ days: Int?) {
        let router = QuestionRouter([
            RoutedExperiment(
                namespace: "x1",
                routing: Self.atlas.routing,
                inputs: ["error_summary": [:]]
            )
        ])
        #expect(first("errors \(words)", router)?.arguments["days"]?.integer == days)
    }
}
