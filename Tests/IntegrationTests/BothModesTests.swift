import JSON
import SampleData
import TestSupport
import Testing

/// Every item of the shipped plugins, and what a plugin may do besides answering, once with all plugins in the gateway's
/// process and once with each in a worker: a caller gets the same bytes.
@Suite("Plugins in both modes")
struct BothModesTests {
    /// A request, the same for both gateways but for the token.
    private struct Question: Sendable {
        let method: String
        var name: String?
        var parameters: [(String, JSONValue)] = []
        var metadata: [(String, JSONValue)] = []

        static func call(_ tool: String, _ arguments: JSONValue) -> Question {
            Question(method: "tools/call", name: tool, parameters: [("name", .string(tool)), ("arguments", arguments)])
        }

        static func read(_ uri: String) -> Question {
            Question(method: "resources/read", name: uri, parameters: [("uri", .string(uri))])
        }

        static func prompt(_ name: String, _ arguments: JSONValue) -> Question {
            Question(
                method: "prompts/get",
                name: name,
                parameters: [("name", .string(name)), ("arguments", arguments)]
            )
        }

        static func complete(_ reference: JSONValue, _ argument: String, _ value: String) -> Question {
            let asked: JSONValue = ["name": .string(argument), "value": .string(value)]
            return Question(method: "completion/complete", parameters: [("ref", reference), ("argument", asked)])
        }
    }

    /// The two gateways, which nobody stops, and a token for each.
    private struct Pair: Sendable {
        let inside: GatewayProcess
        let outside: GatewayProcess
        let tokens: (inside: String, outside: String)

        private static let namespaces = ["atlas", "epic", "plain", "rubin", "suite"]
        private static let started = Task {
            let (inside, outside) = (try await start("in-process"), try await start("worker"))
            // Each is what it is called: the comparisons are not of the same with the same.
            #expect(!inside.log.contains("A worker serves"))
            try await Polling.wait(for: "a worker of each plugin") {
                let serving = outside.log.split(separator: "\n").filter { $0.contains("A worker serves") }
                return serving.count == namespaces.count ? () : nil
            }
            let roles = ["atlas.user", "epic.user", "rubin.user", "plain.user"]
            let tokens = (try await inside.token(roles: roles), try await outside.token(roles: roles))
            return Pair(inside: inside, outside: outside, tokens: tokens)
        }

        private static func start(_ isolation: String) async throws -> GatewayProcess {
            var settings = SiteSettings()
            settings.libraries["suite"] = "libConformance.so"
            settings.libraries["plain"] = "libPlainC.so"
            settings.isolation = settings.libraries.mapValues { _ in isolation }
            settings.documents = ["atlas": "{docs: handbook}", "rubin": "{docs: handbook}"]
            settings.furtherLines = "limits: {progress_interval: 0s}"
            let gateway = try await GatewayProcess.start(settings)
            let indexed = try await DocumentTests.index(DocumentTests.handbook, configuration: gateway.configuration)
            guard indexed.exitStatus == 0 else { throw SetupFailure("The handbook is not indexed: \(indexed)") }
            return gateway
        }

        static func shared() async throws -> Pair { try await started.value }

        /// Asks both, and compares.
        ///
        /// Some answers say how long something has run. When the clock moves on between the two they are asked again.
        @discardableResult
        func compare(_ question: Question, after asked: Answers? = nil) async throws -> Answers {
            var answers = try await ask(question, asked)
            for _ in 0..<10 where !answers.areEqual { answers = try await ask(question, asked) }
            #expect(answers.inside.status == answers.outside.status, "\(question)")
            #expect(answers.inside.field("Content-Type") == answers.outside.field("Content-Type"), "\(question)")
            #expect(answers.areEqual, "\(question): \(answers)")
            return answers
        }

        /// With an earlier answer to it, the question goes on where each side had left it.
        private func ask(_ question: Question, _ asked: Answers?) async throws -> Answers {
            func ask(_ gateway: GatewayProcess, _ token: String, _ asked: WireAnswer?) async throws -> WireAnswer {
                let state = asked?.json?["result"]?["requestState"].map { [("requestState", $0)] } ?? []
                return try await gateway.exchange(
                    gateway.message(
                        question.method,
                        name: question.name,
                        question.parameters + state,
                        metadata: question.metadata,
                        token: token
                    )
                )
            }
            return Answers(
                inside: try await ask(inside, tokens.inside, asked?.inside),
                outside: try await ask(outside, tokens.outside, asked?.outside)
            )
        }

        /// All items of a list, which are the same in both.
        func list(_ list: String, of member: String) async throws -> [JSONValue] {
            try await compare(Question(method: "\(list)/list")).result?[member]?.array ?? []
        }
    }

    private struct Answers: Sendable {
        let inside: WireAnswer
        let outside: WireAnswer

        var result: JSONValue? { outside.json?["result"] }

        var areEqual: Bool { Self.timeless(inside.text) == Self.timeless(outside.text) }

        /// The text without the moment it was made, in words or in microseconds, without numbers of requests and of ports,
        /// without how long services took to answer, and without what is sealed anew each time.
        private static func timeless(_ text: String) -> String {
            text.replacing(/\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?Z?|\d{16}/, with: "now")
                .replacing(/"requestState":"[^"]*"/, with: "sealed")
                .replacing(/latency_milliseconds\\?":\d+/, with: "quick")
                .replacing(/\b[0-9a-f]{32}\b|127\.0\.0\.1:\d+/, with: "one")
                .replacing(/\/approve\/[A-Za-z0-9_-]{22}/, with: "/approve/one")
        }
    }

    // MARK: - Tools

    /// Values of the sample data, for arguments of these names.
    private static let known: [String: JSONValue] = [
        "pandaid": 6_800_730_400, "jeditaskid": 46_374_283, "code": 1235, "component": "pilot", "days": 30, "limit": 3,
        "start_time": "2020-01-01", "end_time": "2030-01-01", "did": "mc23:mc23.ttbar.AOD.e1_s2_r3",
        "rule_id": "8ea6fed9544b4d2ab734967d78c7bfb5", "rse": "CERN-PROD_DATADISK", "account": "alice",
    ]

    /// What only the records of one experiment have.
    private static let special: [String: JSONValue] = [
        "rubin_panda_study_job": ["pandaid": .integer(RecordedCases.rubinMemoryJob)],
        "rubin_panda_study_task": ["jeditaskid": .integer(RecordedCases.subFinishedTask)],
        "epic_panda_get_queue": ["panda_queue": "E1_BNL"],
        "atlas_panda_get_queue": ["panda_queue": "BNL"],
        "rubin_panda_get_queue": ["panda_queue": "SLAC_Rubin_4G"],
        "rubin_panda_job_log": ["pandaid": .integer(RecordedCases.rubinMemoryJob)],
        "rubin_panda_suggest_followups": ["pandaid": .integer(RecordedCases.rubinMemoryJob)],
        "atlas_panda_suggest_followups": ["pandaid": .integer(RecordedCases.memoryJob)],
        "atlas_rucio_find_dids": ["scope": "mc23", "name": "mc23.ttbar*"],
        "rubin_rucio_find_dids": ["scope": "mc23", "name": "*", "type": "file"],
        "atlas_rucio_rules": ["account": "prod"], "rubin_rucio_rules": ["did": "mc23:mc23.ttbar.AOD.e1_s2_r3"],
    ]

    /// Arguments for a tool: none, a value for each, each alone, all, and for each one that cannot be meant.
    private static func arguments(of tool: JSONValue) -> [JSONValue] {
        let properties = tool["inputSchema"]?["properties"]?.object?.members ?? []
        func value(_ property: JSONObject.Member) -> JSONValue {
            if let value = known[property.name] { return value }
            if let value = property.value["enum"]?.array?.first ?? property.value["default"] { return value }
            switch property.value["type"] {
            case "integer", "number": return property.value["minimum"] ?? 1
            case "boolean": return true
            case "array": return []
            default: return "a"
            }
        }
        let usual = properties.map { JSONObject.Member(name: $0.name, value: value($0)) }
        let needed = required(of: tool).compactMap { name in usual.first { $0.name == name } }
        let odd = JSONObject.Member(name: "no_such_argument", value: 1)
        var made = [[], usual, needed + [odd]]
        if let members = special[tool["name"]?.string ?? ""]?.object?.members { made.append(members) }
        for member in usual {
            let others = needed.filter { $0.name != member.name }
            for value in [member.value, ["a": []], "no such value"] {
                made.append(others + [.init(name: member.name, value: value)])
            }
        }
        return made.map { .object(JSONObject(members: $0)) }
    }

    private static func required(of tool: JSONValue) -> [String] {
        (tool["inputSchema"]?["required"]?.array ?? []).compactMap(\.string)
    }

    /// What answers say under names that are arguments of tools: what a list names, another tool can be asked for.
    private struct Learned {
        private var values: [String: [JSONValue]] = [:]

        mutating func learn(_ value: JSONValue) {
            for member in value.object?.members ?? [] {
                if member.value.string != nil || member.value.integer != nil,
                    values[member.name, default: []].count < 4,
                    values[member.name]?.contains(member.value) != true
                {
                    values[member.name, default: []].append(member.value)
                }
                learn(member.value)
            }
            for element in (value.array ?? []).prefix(4) { learn(element) }
        }

        /// Arguments of one value for each property of a tool that lists name so or otherwise, and of all together.
        func arguments(of tool: JSONValue) -> [JSONValue] {
            var made: [JSONValue] = []
            let names = tool["inputSchema"]?["properties"]?.object?.names ?? []
            made.append(.object(JSONObject(names.compactMap { name in values[name]?.first.map { (name, $0) } })))
            for name in names {
                let said = [name] + Self.otherNames[name, default: []]
                for value in said.flatMap({ values[$0, default: []] }) {
                    made.append(.object(JSONObject([(name, value)])))
                }
            }
            return made
        }

        private static let otherNames = [
            "run": ["id", "request_id"], "slice_id": ["id"], "log_id": ["id"], "file_id": ["id"],
            "name": ["instance_name"], "panda_queue": ["name", "queue"], "tag_label": ["label"],
        ]
    }

    /// Tools that cannot succeed here: they fail by design, or steer a testbed that is not there.
    private static let silent = [
        "plain_", "epic_swf_end_execution", "epic_swf_kill_agent", "epic_swf_record_ai_memory",
        "epic_swf_send_message", "epic_swf_start_", "epic_swf_stop_",
    ]

    @Test func `every tool answers with the same bytes, whatever it is given`() async throws {
        let pair = try await Pair.shared()
        // What the suite's own tools do to lists and clients has tests of its own, and so have the gateway's tools.
        let tools = try await pair.list("tools", of: "tools").filter {
            let name = $0["name"]?.string ?? ""
            return !name.hasPrefix("suite_test_") && !name.hasPrefix("beamline_")
        }
        var succeeded: Set<String> = []
        var learned: [Substring: Learned] = [:]
        func call(_ tool: JSONValue, _ arguments: [JSONValue]) async throws {
            let name = try #require(tool["name"]?.string)
            for arguments in arguments {
                let result = try await pair.compare(.call(name, arguments)).result
                guard result?["isError"] == false else { continue }
                succeeded.insert(name)
                if let found = result?["structuredContent"] {
                    learned[name.prefix { $0 != "_" }, default: Learned()].learn(found)
                }
            }
        }
        for tool in tools { try await call(tool, Self.arguments(of: tool)) }
        for tool in tools where !succeeded.contains(tool["name"]?.string ?? "") {
            try await call(tool, learned[(tool["name"]?.string ?? "").prefix { $0 != "_" }]?.arguments(of: tool) ?? [])
        }
        let silent = tools.compactMap { $0["name"]?.string }.filter { !succeeded.contains($0) }
        let expected = silent.filter { name in Self.silent.contains { name.hasPrefix($0) } }
        #expect(silent == expected)
    }

    @Test func `resources, prompts and completions are the same bytes`() async throws {
        let pair = try await Pair.shared()
        let values = ["6800730400", "46374283", "1", "text", "%C3%BC", String(repeating: "9", count: 30)]
        for resource in try await pair.list("resources", of: "resources") {
            try await pair.compare(.read(try #require(resource["uri"]?.string)))
        }
        for template in try await pair.list("resources/templates", of: "resourceTemplates") {
            let text = try #require(template["uriTemplate"]?.string)
            let reference: JSONValue = ["type": "ref/resource", "uri": .string(text)]
            for value in values {
                let address = text.replacing(/\{[^}]*\}/, with: value)
                try await pair.compare(.read(address))
            }
            let variables = text.matches(of: /\{([^}]*)\}/).map { String($0.output.1) }
            for variable in variables {
                for value in ["", "6", "no such value"] {
                    try await pair.compare(.complete(reference, variable, value))
                }
            }
        }
        for prompt in try await pair.list("prompts", of: "prompts") {
            let name = try #require(prompt["name"]?.string)
            let names = (prompt["arguments"]?.array ?? []).compactMap { $0["name"]?.string }
            try await pair.compare(.prompt(name, [:]))
            for value in values {
                let arguments = JSONObject(names.map { ($0, .string(value)) })
                try await pair.compare(.prompt(name, .object(arguments)))
            }
            for argument in names {
                try await pair.compare(.complete(["type": "ref/prompt", "name": .string(name)], argument, "p"))
            }
        }
        try await pair.compare(.read("atlas+panda://nothing/1"))
        try await pair.compare(.prompt("atlas_no_such_prompt", [:]))
    }

    // MARK: - What a plugin does besides answering

    private static let able: JSONValue = [
        "elicitation": ["form": [:], "url": [:]], "sampling": [:], "roots": [:],
    ]

    @Test func `what a tool says while it works comes in the same order`() async throws {
        let pair = try await Pair.shared()
        for tool in ["tool_with_progress", "tool_with_logging", "logging_tool", "error_handling"] {
            var question = Question.call("suite_test_\(tool)", [:])
            question.metadata = [("progressToken", "p"), ("io.modelcontextprotocol/logLevel", "debug")]
            let answers = try await pair.compare(question)
            #expect(answers.outside.field("Content-Type") == "text/event-stream" || tool == "error_handling")
        }
    }

    @Test func `what a tool asks, and what it makes of the answers, are the same bytes`() async throws {
        let pair = try await Pair.shared()
        let tools = try await pair.list("tools", of: "tools").compactMap { $0["name"]?.string }
        var asked = 0
        for tool in tools where tool.hasPrefix("suite_test_") && !tool.contains("trigger") {
            var question = Question.call(tool, [:])
            question.metadata = [("io.modelcontextprotocol/clientCapabilities", Self.able)]
            let answers = try await pair.compare(question)
            guard let requests = answers.result?["inputRequests"]?.object else { continue }
            asked += 1
            for reply in [["action": "decline"], ["action": "accept", "content": ["name": "Ada"]]] as [JSONValue] {
                let replies = JSONObject(requests.members.map { ($0.name, reply) })
                var again = question
                again.parameters.append(("inputResponses", .object(replies)))
                try await pair.compare(again, after: answers)
            }
        }
        #expect(asked >= 8, "\(tools)")
    }
}
