import Catalog
import GatewayCore
import JSON

/// Asks before it answers, in one of several ways.
struct AskingProvider: ToolProvider, ItemProvider {
    /// What the catalog is told of it, in an edition.
    static func contribution(edition: String = "lab 1") -> CatalogContribution {
        let names = ["name", "twice", "everything", "three", "endless", "sample", "folders", "page", "agree"]
        let tools = names.map { name in
            ToolDescription(
                localName: name,
                description: "Asks.",
                inputSchema: ["type": "object", "additionalProperties": true]
            )
        }
        let end = ToolDescription(
            localName: "end",
            description: "Ends something.",
            inputSchema: ["type": "object", "properties": ["what": ["type": "string"]]],
            annotations: ["destructiveHint": true]
        )
        let many = ToolDescription(
            localName: "end_many",
            description: "Ends much.",
            inputSchema: ["type": "object", "additionalProperties": true],
            annotations: ["destructiveHint": true]
        )
        let prompt = ItemDescription(
            kind: .prompt,
            localName: "letter",
            members: [.init(name: "description", value: "A letter.")]
        )
        let resource = ItemDescription(
            kind: .resource,
            localName: "note:letter",
            members: [.init(name: "name", value: "letter")]
        )
        return CatalogContribution(
            namespace: "lab",
            source: edition,
            tools: tools + [end, many],
            items: [prompt, resource],
            provider: AskingProvider(),
            itemProvider: AskingProvider()
        )
    }

    static func form(_ key: String) -> Question.Input {
        let schema = #"{"type":"object","properties":{"text":{"type":"string"}},"required":["text"]}"#
        return Question.Input(
            key: key,
            kind: .form(schema: Array(schema.utf8)),
            parameters: Array(#"{"mode":"form","message":"\#(key)?","requestedSchema":\#(schema)}"#.utf8)
        )
    }

    /// What `agree` asks, one after the other.
    static let statements = [Statement(action: "stop", target: "a"), Statement(action: "end", target: "b")]

    private static let model = Question.Input(
        key: "model",
        kind: .sampling,
        parameters: Array(#"{"messages":[],"maxTokens":10}"#.utf8)
    )
    private static let roots = Question.Input(key: "roots", kind: .roots, parameters: Array("{}".utf8))
    private static let link = Question.Input(
        key: "page",
        kind: .link,
        parameters: Array(#"{"mode":"url","message":"Look.","url":"https://lab.example.org"}"#.utf8)
    )

    func call(_ call: ProviderCall) async -> ProviderReply {
        let asked: [Question.Input] =
            switch call.tool {
            case "name": [Self.form("name")]
            case "twice" where Self.has("name", call.interaction): [Self.form("reason")]
            case "twice": [Self.form("name")]
            case "everything": [Self.form("name"), Self.link, Self.model, Self.roots]
            case "three": [Self.form("name"), Self.model, Self.roots]
            case "endless": [Self.form("never")]
            case "sample": [Self.model]
            case "folders": [Self.roots]
            case "page": [Self.link]
            default: []
            }
        if call.tool == "agree" {
            let agreed = Set(call.interaction.agreements.map(\.statement))
            for statement in Self.statements where !agreed.contains(statement) {
                return .question(.consent(statement, text: "Allow \(statement.target)?"))
            }
        }
        let open = asked.filter { !Self.has($0.key, call.interaction) || $0.key == "never" }
        guard open.isEmpty else { return .question(.inputs(open, memory: "remembered")) }
        return .result(ProviderResult(structured: Self.told(call.interaction)))
    }

    func answer(_ request: ItemRequest) async -> ItemReply {
        guard Self.has("name", request.interaction) else { return .question(.inputs([Self.form("name")], memory: nil)) }
        let answer =
            switch request.question {
            case .prompt: #"{"messages":[{"role":"user","content":{"type":"text","text":"told"}}]}"#
            case .read: #"{"contents":[{"uri":"\#(request.name)","text":"told"}]}"#
            case .complete: #"{"values":["told"]}"#
            }
        return .result(structured: Array(answer.utf8), meta: [])
    }

    private static func has(_ key: String, _ interaction: Interaction) -> Bool {
        guard !interaction.answers.isEmpty else { return false }
        return (try? JSONValue(parsing: interaction.answers))?[key] != nil
    }

    /// What it was told, as JSON.
    private static func told(_ interaction: Interaction) -> [UInt8] {
        var object = JSONObject()
        if !interaction.answers.isEmpty, let answers = try? JSONValue(parsing: interaction.answers) {
            object["answers"] = answers
        }
        if let memory = interaction.memory { object["memory"] = .string(memory) }
        if let consent = interaction.consent { object["consent"] = .bool(consent) }
        if !interaction.agreements.isEmpty {
            object["agreements"] = .array(interaction.agreements.map { .bool($0.isGranted) })
        }
        return JSONValue.object(object).serialized
    }
}
