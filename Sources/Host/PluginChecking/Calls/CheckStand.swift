import GatewayCore
import JSON
import PluginHosting
import PluginRuntime

/// Where one check meets one plugin: what it needs, and how its findings are worded alike.
struct CheckStand: Sendable {
    /// The plugin does not start, which another check reports.
    struct NotServing: Error, Sendable {
        let reason: String
    }

    /// One call of a tool with arguments its schema allows.
    struct ToolCall: Sendable {
        let tool: ToolDescription
        let arguments: JSONValue
        let request: ProbeRequest

        init(_ tool: ToolDescription, _ arguments: JSONValue) {
            self.tool = tool
            self.arguments = arguments
            request = ProbeRequest(Method.toolCall, tool.localName, arguments.serialized)
        }

        /// For people: the tool and the beginning of its arguments.
        var place: String {
            let text = String(decoding: arguments.serialized, as: UTF8.self)
            return "\(tool.localName) \(text.count > 120 ? text.prefix(120) + "…" : text)"
        }
    }

    private static let mostLostCalls = 3

    let library: ProbeLibrary
    let manifest: PluginManifest
    let recordings: Recordings
    let settings: CheckSettings
    /// Says what is about to happen, so that a crash can be told where it was.
    let mark: @Sendable (String) -> Void

    /// Makes an instance with a host, starts it, and ends both afterwards.
    func serving(
        _ mode: ProbeMode = [],
        _ body: (Probe) -> [Finding]
    ) throws(NotServing) -> [Finding] {
        let probe = try started(mode)
        let findings = body(probe)
        end(probe)
        return findings
    }

    /// An instance that has answered START.
    func started(_ mode: ProbeMode = []) throws(NotServing) -> Probe {
        let probe = Probe(mode)
        for answer in recordings.answers { probe.answer(answer) }
        mark("create")
        let created = probe.create(library, configuration: recordings.configuration)
        guard created == PluginStatus.ok.rawValue else {
            throw NotServing(reason: "create returned \(StatusWord.of(created))")
        }
        mark("START")
        let start = probe.perform(ProbeRequest(Method.start), within: manifest.execution.startTimeout)
        guard start.isOK else { throw NotServing(reason: "START ended with \(StatusWord.of(start.number))") }
        return probe
    }

    /// Ends an instance as the gateway does; one that still holds calls is left alone.
    func end(_ probe: Probe) {
        guard probe.openCalls.isEmpty else { return }
        mark("STOP")
        _ = probe.perform(ProbeRequest(Method.stop), within: settings.patience)
        guard probe.openCalls.isEmpty else { return }
        mark("destroy")
        probe.destroy()
    }

    /// Sends a request, cancels it at its deadline as the gateway does, and reports one that is never answered.
    func answer(
        _ probe: Probe,
        _ request: ProbeRequest,
        _ place: String,
        context: [UInt8]? = nil,
        deadline: Duration? = nil
    ) -> (ProbeResult, [Finding]) {
        // Each call that is never answered costs the whole patience, and three make the point.
        guard probe.openCalls.count < Self.mostLostCalls else {
            return (ProbeResult(refused: PluginStatus.timeout.rawValue), [])
        }
        mark(place)
        let (number, call) = probe.submit(request, context: context, within: deadline ?? settings.deadline)
        guard let call else { return (ProbeResult(refused: number), []) }
        let inTime = probe.result(of: call, within: settings.deadline)
        if inTime.isCompleted { return (inTime, []) }
        probe.cancel(call, why: .timeout)
        let late = probe.result(of: call, within: settings.patience)
        return (late, late.isCompleted ? [] : [unanswered(place)])
    }

    /// Those of several calls that have not ended when the limit for all of them together has passed.
    func unended<Label>(_ calls: [(Label, UInt64)], of probe: Probe, within limit: Duration) -> [(Label, UInt64)] {
        let end = ContinuousClock.now + limit
        return calls.filter { !probe.result(of: $0.1, within: max(.zero, end - .now)).isCompleted }
    }

    func unanswered(_ place: String) -> Finding {
        Finding(
            place,
            "The call was taken and not completed, although \(settings.patience) have passed since it was cancelled.",
            remedy:
                "Call host->complete exactly once for every request submit has taken, on every path, also after errors and cancel."
        )
    }

    /// The calls of all tools with arguments that fit, in the order of the manifest.
    var toolCalls: [ToolCall] {
        manifest.tools.flatMap { tool in
            samples(of: tool).valid.prefix(6).map { ToolCall(tool, $0) }
        }
    }

    /// For each tool the call that is likely to take longest.
    var longCalls: [ToolCall] {
        manifest.tools.compactMap { tool in samples(of: tool).valid.last.map { ToolCall(tool, $0) } }
    }

    /// Requests to watch every resource of the manifest; they go on until they are cancelled.
    var watches: [(place: String, request: ProbeRequest)] {
        manifest.items.filter { $0.kind == .resource }.map {
            ("SUBSCRIBE \($0.localName)", ProbeRequest(Method.subscribe, $0.localName))
        }
    }

    func samples(of tool: ToolDescription) -> ArgumentSamples {
        ArgumentSamples(tool.inputSchema, recorded: recordings.arguments[tool.localName] ?? [])
    }

    /// One request of every kind that ends by itself.
    var tour: [(place: String, request: ProbeRequest)] {
        var tour = [("HEALTH", ProbeRequest(Method.health))]
        for list in ["tools", "resources", "resourceTemplates", "prompts"] {
            tour.append(("LIST \(list)", ProbeRequest(Method.list, list)))
        }
        tour += toolCalls.map { ($0.place, $0.request) }
        for item in manifest.items {
            switch item.kind {
            case .resource:
                tour.append(("RESOURCE_READ \(item.localName)", ProbeRequest(Method.resourceRead, item.localName)))
            case .template:
                tour += addresses(of: item.localName).map { address in
                    ("RESOURCE_READ \(address)", ProbeRequest(Method.resourceRead, address))
                }
                tour += completions(of: item.localName, (try? URITemplate(item.localName))?.variables ?? [])
            case .prompt:
                let arguments = JSONObject(members: item.arguments.map { .init(name: $0.name, value: "text") })
                let body = JSONValue.object(arguments).serialized
                tour.append(("PROMPT_GET \(item.localName)", ProbeRequest(Method.promptGet, item.localName, body)))
                tour += completions(of: item.localName, item.arguments.map(\.name))
            }
        }
        tour.append(("method 9999", ProbeRequest(Method.unknown)))
        return tour
    }

    /// Addresses that fit a template: those whose variables the author recorded, then some with made values.
    func addresses(of template: String) -> [String] {
        guard let parsed = try? URITemplate(template) else { return [] }
        let recorded = (recordings.arguments[template] ?? []).map { values in
            parsed.expanded(
                Dictionary(
                    parsed.variables.map { name in
                        (name, values[name]?.string ?? values[name]?.integer.map(String.init) ?? "1")
                    },
                    uniquingKeysWith: { $1 }
                )
            )
        }
        // A number, a word, one that is encoded, and one that is longer than any buffer should be taken for.
        let made = ["1", "text", "%C3%BC%2F", String(repeating: "a", count: 1024)].map { value in
            parsed.expanded(Dictionary(parsed.variables.map { ($0, value) }, uniquingKeysWith: { $1 }))
        }
        return recorded + made
    }

    private func completions(of item: String, _ arguments: [String]) -> [(place: String, request: ProbeRequest)] {
        arguments.map { argument in
            let asked: JSONValue = ["argument": ["name": .string(argument), "value": "t"], "arguments": [:]]
            return (
                "COMPLETION \(item) \(argument)", ProbeRequest(Method.completion, item, asked.serialized)
            )
        }
    }
}

/// The numbers of the contract's methods, `BEAM_M_…`.
enum Method {
    static let start: UInt32 = 1
    static let stop: UInt32 = 2
    static let health: UInt32 = 3
    static let list: UInt32 = 4
    static let toolCall: UInt32 = 16
    static let resourceRead: UInt32 = 17
    static let promptGet: UInt32 = 18
    static let completion: UInt32 = 19
    static let subscribe: UInt32 = 20
    static let authorize: UInt32 = 32
    static let sourceQuery: UInt32 = 33
    /// One that no version of the contract has.
    static let unknown: UInt32 = 9999
}

/// Names of status numbers as authors know them.
enum StatusWord {
    static func of(_ number: Int32) -> String {
        guard let status = PluginStatus(rawValue: number) else { return "the unknown status \(number)" }
        return "BEAM_\(status.word.uppercased())"
    }
}
