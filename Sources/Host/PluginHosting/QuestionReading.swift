import GatewayCore
import JSON
import PluginRuntime

/// Reads what a plugin asks, with everything a client may be sent checked.
struct QuestionReading {
    /// How large a question may be, in bytes.
    let questionBytes: Int
    /// How much a plugin may want to remember, in bytes of UTF-8.
    let memoryBytes: Int

    /// What is wrong with a question, for the operator.
    struct Fault: Error {
        let reason: String

        init(_ reason: String) {
            self.reason = "The question cannot be asked: \(reason)."
        }
    }

    /// How many things may be asked at once.
    static let maximumInputs = 16
    /// The longest key, in bytes.
    static let keyBytes = 64

    init(_ limits: PluginLimits) {
        questionBytes = limits.questionBytes
        memoryBytes = limits.memoryBytes
    }

    /// Reads `{"inputRequests": {…}, "state"?}` or `{"consent": {"action", "target", "details"?}}`.
    func question(in body: [UInt8]) throws(Fault) -> ProviderQuestion {
        guard body.count <= questionBytes + memoryBytes, let root = try? JSONDocument(parsing: body).root else {
            throw Fault("it is no JSON, or larger than \(questionBytes) bytes")
        }
        if let consent = root["consent"] { return .consent(try text(ofConsent: consent)) }
        let requests = root["inputRequests"]
        guard let requests, requests.kind == .object else { throw Fault("it has neither inputRequests nor consent") }
        guard requests.bytes.count <= questionBytes else { throw Fault("it is larger than \(questionBytes) bytes") }
        var inputs: [Question.Input] = []
        for member in requests.members {
            inputs.append(try input(member.name, member.value))
        }
        guard (1...Self.maximumInputs).contains(inputs.count) else {
            throw Fault("it asks for \(inputs.count) things; 1 to \(Self.maximumInputs) are possible")
        }
        return .inputs(inputs, memory: try memory(root["state"]))
    }

    private func memory(_ node: JSONNode?) throws(Fault) -> String? {
        guard let node, !node.isNull else { return nil }
        guard let text = node.string else { throw Fault("state is not a string") }
        guard text.utf8.count <= memoryBytes else { throw Fault("state is larger than \(memoryBytes) bytes") }
        return text
    }

    private func text(ofConsent consent: JSONNode) throws(Fault) -> String {
        guard let action = CallerText.cleaned(consent["action"]?.string),
            let target = CallerText.cleaned(consent["target"]?.string)
        else { throw Fault("consent needs an action and a target") }
        let details = CallerText.cleaned(consent["details"]?.string).map { " \($0)" } ?? ""
        return "Allow this: \(action) \(target)?\(details)"
    }

    private func input(_ key: String, _ request: JSONNode) throws(Fault) -> Question.Input {
        guard (1...Self.keyBytes).contains(key.utf8.count), key != Question.consentKey else {
            throw Fault("a key has 1 to \(Self.keyBytes) bytes and is not \(Question.consentKey)")
        }
        let parameters = request["params"]
        guard parameters.map({ $0.kind == .object }) ?? true else { throw Fault("params of \(key) is not an object") }
        let kind: Question.Input.Kind
        switch request["method"]?.string {
        case "elicitation/create": kind = try elicitation(key, parameters)
        case "sampling/createMessage":
            guard parameters?["messages"]?.kind == .array, parameters?["maxTokens"]?.integer != nil else {
                throw Fault("\(key) needs messages and maxTokens")
            }
            kind = .sampling
        case "roots/list": kind = .roots
        default: throw Fault("the method of \(key) is not elicitation/create, sampling/createMessage or roots/list")
        }
        return Question.Input(
            key: key,
            kind: kind,
            parameters: parameters.map { Array($0.bytes) } ?? Array("{}".utf8)
        )
    }

    private func elicitation(_ key: String, _ parameters: JSONNode?) throws(Fault) -> Question.Input.Kind {
        guard parameters?["message"]?.string?.isEmpty == false else { throw Fault("\(key) needs a message") }
        switch parameters?["mode"]?.string ?? "form" {
        case "form": return .form(schema: try schema(key, parameters?["requestedSchema"]))
        case "url":
            // Also for a page on this machine: the user's browser is on another.
            guard let url = parameters?["url"]?.string, url.hasPrefix("https://"), url.utf8.count <= 4096,
                url.unicodeScalars.allSatisfy({ $0.value > 0x20 && $0.value < 0x7F })
            else { throw Fault("\(key) needs a url that begins with https://") }
            return .link
        default: throw Fault("the mode of \(key) is neither form nor url")
        }
    }

    /// A form is flat, and its fields are simple (2026-07-28 client/elicitation, "Requested schema").
    private func schema(_ key: String, _ schema: JSONNode?) throws(Fault) -> [UInt8] {
        guard let schema, schema["type"]?.isString("object") == true, let properties = schema["properties"],
            properties.kind == .object
        else { throw Fault("\(key) needs a requestedSchema of type object with properties") }
        for field in properties.members {
            let type = field.value["type"]?.string ?? ""
            let isList = type == "array" && field.value["items"]?.kind == .object
            guard isList || ["string", "number", "integer", "boolean"].contains(type) else {
                throw Fault("the field \(field.name) of \(key) is neither simple nor a choice of several")
            }
        }
        do {
            _ = try JSONSchema(compiling: schema.value)
        } catch {
            throw Fault("the requestedSchema of \(key) is no schema: \(error)")
        }
        return Array(schema.bytes)
    }
}
