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
        guard let root = try? JSONDocument(parsing: body).root else { throw Fault("it is no JSON") }
        if let consent = root["consent"] { return try self.consent(consent) }
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

    private func consent(_ consent: JSONNode) throws(Fault) -> ProviderQuestion {
        guard consent.bytes.count <= questionBytes else { throw Fault("it is larger than \(questionBytes) bytes") }
        let details = consent["details"]?.string
        guard let action = consent["action"]?.string, let shownAction = CallerText.cleaned(action),
            let target = consent["target"]?.string, let shownTarget = CallerText.cleaned(target)
        else { throw Fault("consent needs an action and a target") }
        let shownDetails = CallerText.cleaned(details).map { " \($0)" } ?? ""
        return .consent(
            Statement(action: action, target: target, details: details),
            text: "Allow this: \(shownAction) \(shownTarget)?\(shownDetails)"
        )
    }

    private func input(_ key: String, _ request: JSONNode) throws(Fault) -> Question.Input {
        let isOurs = key == Question.consentKey || key == Question.linkKey
        guard (1...Self.keyBytes).contains(key.utf8.count), !isOurs else {
            throw Fault(
                "a key has 1 to \(Self.keyBytes) bytes and is neither \(Question.consentKey) nor \(Question.linkKey)"
            )
        }
        let parameters = request["params"]
        guard parameters.map({ $0.kind == .object }) ?? true else { throw Fault("params of \(key) is not an object") }
        switch request["method"]?.string {
        case "elicitation/create": return try elicitation(key, parameters)
        case "sampling/createMessage":
            guard let parameters, parameters["messages"]?.kind == .array, parameters["maxTokens"]?.integer != nil else {
                throw Fault("\(key) needs messages and maxTokens")
            }
            // Clients declare that on its own, and none of them is asked for it here.
            guard parameters["tools"] == nil, parameters["toolChoice"] == nil else {
                throw Fault("\(key) has tools, which a model that is asked cannot use")
            }
            return Question.Input(key: key, kind: .sampling, parameters: Array(parameters.bytes))
        case "roots/list": return Question.Input(key: key, kind: .roots, parameters: Array("{}".utf8))
        default: throw Fault("the method of \(key) is not elicitation/create, sampling/createMessage or roots/list")
        }
    }

    private func elicitation(_ key: String, _ parameters: JSONNode?) throws(Fault) -> Question.Input {
        guard let message = CallerText.cleaned(parameters?["message"]?.string) else {
            throw Fault("\(key) needs a message")
        }
        var writer = JSONWriter()
        writer.beginObject()
        writer.name("mode")
        switch parameters?["mode"]?.string ?? "form" {
        case "form":
            let schema = try form(key, parameters?["requestedSchema"])
            writer.write("form")
            writer.name("message")
            writer.write(message)
            writer.name("requestedSchema")
            writer.writeRaw(schema.bytes)
            writer.endObject()
            return Question.Input(
                key: key,
                kind: .form(schema: Array(schema.bytes)),
                parameters: writer.bytes,
                hasManyChoices: schema["properties"]?.members.contains { $0.value["type"]?.isString("array") == true }
                    == true
            )
        case "url":
            let url = try link(key, parameters?["url"]?.string)
            writer.write("url")
            writer.name("message")
            writer.write(message)
            writer.name("url")
            writer.write(url)
            writer.endObject()
            return Question.Input(key: key, kind: .link, parameters: writer.bytes)
        default: throw Fault("the mode of \(key) is neither form nor url")
        }
    }

    /// An address on another machine, without a name or a password in it; also none of this machine: the user's browser
    /// is on another.
    private func link(_ key: String, _ url: String?) throws(Fault) -> String {
        guard let url, url.hasPrefix("https://"), url.utf8.count <= 4096,
            url.unicodeScalars.allSatisfy({ $0.value > 0x20 && $0.value < 0x7F && $0 != "\\" })
        else { throw Fault("\(key) needs a url that begins with https://") }
        let authority = url.dropFirst("https://".count).prefix { !"/?#".contains($0) }
        guard !authority.isEmpty, !authority.contains("@") else {
            throw Fault("the url of \(key) needs a host, and no user")
        }
        return url
    }

    /// A form is flat, and its fields are simple (2026-07-28 client/elicitation, "Requested schema").
    private func form(_ key: String, _ schema: JSONNode?) throws(Fault) -> JSONNode {
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
        return schema
    }
}
