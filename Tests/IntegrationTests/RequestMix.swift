import JSON
import TestSupport

/// Requests of every kind in both eras, in an order that looks random and is the same for the same seed.
struct RequestMix {
    enum Era: Hashable, Sendable {
        case modern
        case session(String)
    }

    struct Request: Sendable {
        let kind: String
        let era: Era
        let path: String
        let method: String
        var name: String?
        var parameters: JSONValue = [:]

        func wire(token: String, session: String?) -> WireRequest {
            var message = JSONObject([("jsonrpc", "2.0"), ("id", 1), ("method", .string(method))])
            var parameters = parameters.object ?? JSONObject([])
            var fields = ["Authorization: Bearer \(token)", "Content-Type: application/json"]
            fields.append("Accept: application/json, text/event-stream")
            switch era {
            case .modern:
                parameters["_meta"] = [
                    "io.modelcontextprotocol/protocolVersion": "2026-07-28",
                    "io.modelcontextprotocol/clientCapabilities": [:],
                ]
                fields += ["MCP-Protocol-Version: 2026-07-28", "Mcp-Method: \(method)"]
                if let name { fields.append("Mcp-Name: \(name)") }
            case .session(let revision):
                if let session { fields += ["Mcp-Session-Id: \(session)", "MCP-Protocol-Version: \(revision)"] }
            }
            message["params"] = .object(parameters)
            return WireRequest("POST", path, fields, body: JSONValue.object(message).serialized)
        }
    }

    static let kinds = [
        "begin", "list", "call", "hidden call", "bad call", "find", "describe", "wrapped", "read", "prompt", "complete",
        "verify", "subscribe", "odd",
    ]

    static func opening(_ revision: String) -> JSONValue {
        [
            "protocolVersion": .string(revision), "capabilities": [:],
            "clientInfo": ["name": "mix", "version": "1"],
        ]
    }

    private var state: UInt64
    /// The cursors that answers gave, by path, era and method.
    private var cursors: [String: String] = [:]
    /// Ids of results.
    private var results: [String] = []
    /// How many answers were no error.
    private(set) var answered = 0

    init(seed: UInt64) { state = seed }

    /// Remembers what later requests go on from.
    mutating func learn(_ answer: WireAnswer, of request: Request) {
        let text = answer.text
        if text.contains(#""result""#), !text.contains(#""isError":true"#) { answered += 1 }
        cursors[Self.place(request)] = text.firstMatch(of: /"nextCursor":"([^"]+)"/).map { String($0.1) }
        if let id = text.firstMatch(of: /provenance":"([0-9a-f]{32})"/) { results.append(String(id.1)) }
    }

    private static func place(_ request: Request) -> String { "\(request.era) \(request.path) \(request.method)" }

    mutating func next() -> Request {
        let kind = pick(Self.kinds)
        let era = pick([Era.modern, .modern, .session("2025-11-25"), .session("2025-06-18"), .session("2025-03-26")])
        let path = pick(["/mcp", "/mcp", "/mcp/atlas", "/mcp/rubin", "/found", "/either"])
        var request = Request(kind: kind, era: era, path: path, method: "ping")
        switch kind {
        case "begin": request = begin(request)
        case "list": request = list(request)
        case "call": request = call(request, pick(Self.known), path)
        case "hidden call":
            request = call(request, (pick(Self.hidden), ["limit": 1, "pandaid": 1]), "/mcp")
        case "bad call": request = call(request, pick(Self.bad), path)
        case "find":
            let text = pick([
                "failed jobs", "testbed workflow", "queue", "why did my job fail", "ePIC", "STF files", "x",
            ])
            var arguments = JSONObject([("query", .string(text)), ("limit", .integer(1 + Int(random() % 25)))])
            if random().isMultiple(of: 3) {
                arguments["namespace"] = .string(pick(["epic", "atlas", "rubin", "nowhere"]))
            }
            request = call(request, ("beamline_find_tools", .object(arguments)), "")
        case "describe":
            let name = pick(Self.hidden + Self.known.map(\.0))
            request = call(request, ("beamline_describe_tool", ["name": .string(name)]), "")
        case "wrapped":
            let inner = pick(Self.known + Self.bad + Self.hidden.map { ($0, [:]) })
            request = call(request, ("beamline_call_tool", ["name": .string(inner.0), "arguments": inner.1]), "")
        case "read": request = read(request)
        case "prompt": request = prompt(request)
        case "complete": request = complete(request)
        case "verify":
            // An id of the one gateway says nothing to the other.
            let id = pick(["00000000000000000000000000000000", "ffffffffffffffffffffffffffffffff", "no id"])
            request = call(request, ("beamline_verify_provenance", ["id": .string(id), "value": 1]), "")
        case "subscribe": request = subscribe(request)
        default: request = odd(request)
        }
        return request
    }

    // MARK: - Kinds

    private mutating func begin(_ request: Request) -> Request {
        switch request.era {
        case .modern: return made(request, "server/discover")
        case .session(let revision): return made(request, "initialize", Self.opening(revision))
        }
    }

    private mutating func list(_ request: Request) -> Request {
        var made = made(
            request,
            pick(["tools/list", "tools/list", "resources/list", "resources/templates/list", "prompts/list"])
        )
        let known = cursors[Self.place(made)]
        if let known, !random().isMultiple(of: 4) {
            made.parameters = ["cursor": .string(known)]
        } else if random().isMultiple(of: 8) {
            made.parameters = ["cursor": .string(pick(["AAAA", "", "AAAAAAAAAAAAAAAAAAAAAAAAAAA=", "none"]))]
        }
        return made
    }

    /// A call by the name that the view gives a tool.
    private func call(_ request: Request, _ tool: (String, JSONValue), _ path: String) -> Request {
        var name = tool.0
        for namespace in ["atlas", "rubin"] where path == "/mcp/\(namespace)" && name.hasPrefix(namespace + "_") {
            name = String(name.dropFirst(namespace.count + 1))
        }
        var made = made(request, "tools/call", ["name": .string(name), "arguments": tool.1])
        made.name = name
        return made
    }

    private mutating func read(_ request: Request) -> Request {
        let uri = pick([
            "atlas+panda://job/6800730400", "atlas+panda://job/1x", "atlas+panda://nothing/1", "rubin+panda://task/1",
            "epic+panda://job/6800730400", "epic+swf://execution/x", "nobody+panda://job/1", "panda://job/6800730400",
            "x",
        ])
        var made = made(
            request,
            pick(["resources/read", "resources/read", "resources/subscribe"]),
            ["uri": .string(uri)]
        )
        made.name = uri
        return made
    }

    private mutating func prompt(_ request: Request) -> Request {
        let name = pick([
            "atlas_explain_job_failure", "rubin_explain_task_progress", "epic_explain_job_failure",
            "epic_check_testbed",
            "explain_job_failure", "nobody_prompt",
        ])
        let arguments: JSONValue = pick([["pandaid": "17"], ["jeditaskid": "17"], [:], ["pandaid": "x", "other": "y"]])
        var made = made(request, "prompts/get", ["name": .string(name), "arguments": arguments])
        made.name = name
        return made
    }

    private mutating func complete(_ request: Request) -> Request {
        let reference: JSONValue = pick([
            ["type": "ref/prompt", "name": "atlas_explain_job_failure"],
            ["type": "ref/prompt", "name": "epic_explain_job_failure"],
            ["type": "ref/prompt", "name": "nobody_prompt"],
            ["type": "ref/resource", "uri": "atlas+panda://job/{pandaid}"],
            ["type": "ref/resource", "uri": "epic+swf://execution/{execution_id}"],
            ["type": "ref/resource", "uri": "nobody+x://{y}"],
        ])
        let name = pick(["pandaid", "execution_id", "y"])
        return made(
            request,
            "completion/complete",
            ["ref": reference, "argument": ["name": .string(name), "value": .string(pick(["", "1", "stf"]))]]
        )
    }

    private mutating func subscribe(_ request: Request) -> Request {
        guard request.era == .modern else {
            var made = read(request)
            made = self.made(made, pick(["resources/subscribe", "resources/unsubscribe"]), made.parameters)
            return made
        }
        let uris = pick([[], ["epic+swf://execution/x"], ["atlas+panda://job/6800730400", "nobody+x://y"]])
        var filter = JSONObject([
            ("toolsListChanged", true), ("promptsListChanged", true), ("resourcesListChanged", true),
        ])
        if !uris.isEmpty { filter["resourceSubscriptions"] = .array(uris.map(JSONValue.string)) }
        return made(request, "subscriptions/listen", ["notifications": .object(filter)])
    }

    private mutating func odd(_ request: Request) -> Request {
        made(
            request,
            pick(["ping", "logging/setLevel", "epic/list", "tools/unknown", "tools/call", "resources/read", ""]),
            pick([
                [:], ["level": "debug"], ["name": 1], ["uri": []], ["name": "epic_panda_list_jobs", "arguments": []],
            ])
        )
    }

    // MARK: - Words

    /// What the caller may call, with arguments that give an answer.
    private static let known: [(String, JSONValue)] = [
        ("atlas_panda_study_job", ["pandaid": 6_800_730_400]), ("atlas_panda_study_task", ["jeditaskid": 46_374_283]),
        ("atlas_panda_explain_error", ["component": "pilot", "code": 1235]), ("rubin_list_runs", ["limit": 3]),
        ("rubin_list_runs", [:]),
    ]

    private static let bad: [(String, JSONValue)] = [
        ("atlas_panda_study_job", [:]), ("atlas_panda_study_job", ["pandaid": "x", "limt": 1]),
        ("atlas_panda_study_job", ["pandaid": 999_999_999_999]), ("rubin_list_runs", ["limit": 100_000]),
        ("atlas_panda_study_jobs", [:]), ("nobody_tool", [:]), ("", [:]), ("beamline_nothing", [:]),
        ("beamline_audit_search", [:]),
    ]

    /// Names of the experiment the caller has no role of, there or not.
    private static let hidden = [
        "epic_panda_list_jobs", "epic_swf_list_runs", "epic_panda_study_job", "epic_no_such_tool", "epic_", "epic",
        "EPIC_panda_list_jobs", "epic_swf_start_workflow",
    ]

    // MARK: - Chance

    private func made(_ request: Request, _ method: String, _ parameters: JSONValue = [:]) -> Request {
        Request(
            kind: request.kind,
            era: request.era,
            path: request.path,
            method: method,
            name: nil,
            parameters: parameters
        )
    }

    private mutating func pick<Element>(_ choices: [Element]) -> Element {
        choices[Int(random() % UInt64(choices.count))]
    }

    /// SplitMix64.
    private mutating func random() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
