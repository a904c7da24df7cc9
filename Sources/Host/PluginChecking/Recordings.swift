import FoundationEssentials
import GatewayCore
import JSON

/// What an author put beside a plugin for the checks, so that they need no network.
struct Recordings: Sendable {
    /// How the host answers an operation the plugin asks for.
    struct Answer: Sendable {
        /// Such as `source.query`; nil for any.
        let operation: String?
        /// A text that occurs in the request's body; nil for any.
        let contains: String?
        let status: PluginStatus
        /// A JSON value.
        let body: [UInt8]
    }

    /// Why a file is not usable.
    struct Failure: Error, Sendable {
        let reason: String
    }

    var answers: [Answer] = []
    /// Arguments to call each tool with, and values of the variables of each template, besides the generated ones.
    var arguments: [String: [JSONValue]] = [:]
    /// What the sources that the plugin answers for are asked: `sql` with `parameters`, or `path`.
    var queries: [String: [JSONValue]] = [:]
    /// What `create` is given; a JSON object.
    var configuration = Array("{}".utf8)

    init() {}

    init(folder: String) throws(Failure) {
        if let document = try Self.read("\(folder)/sources.json") {
            for (index, answer) in (document["answers"]?.array ?? []).enumerated() {
                answers.append(try Self.answer(answer, at: "\(folder)/sources.json: /answers/\(index)"))
            }
        }
        if let document = try Self.read("\(folder)/arguments.json") {
            for member in document.object?.members ?? [] { arguments[member.name] = member.value.array ?? [] }
        }
        if let document = try Self.read("\(folder)/queries.json") {
            for member in document.object?.members ?? [] { queries[member.name] = member.value.array ?? [] }
        }
        if let document = try Self.read("\(folder)/config.json") { configuration = document.serialized }
    }

    private static func answer(_ value: JSONValue, at place: String) throws(Failure) -> Answer {
        let word = value["status"]?.string ?? "ok"
        guard let status = PluginStatus.allCases.first(where: { $0.word == word }) else {
            throw Failure(reason: "\(place) has the status \"\(word)\", which is none.")
        }
        guard let body = value["body"] else { throw Failure(reason: "\(place) has no body.") }
        return Answer(
            operation: value["op"]?.string,
            contains: value["contains"]?.string,
            status: status,
            body: body.serialized
        )
    }

    /// A JSON file; nil when there is none.
    private static func read(_ path: String) throws(Failure) -> JSONValue? {
        guard let bytes = FileManager.default.contents(atPath: path) else { return nil }
        do {
            return try JSONValue(parsing: [UInt8](bytes))
        } catch {
            throw Failure(reason: "\(path) is not JSON: \(error)")
        }
    }
}

extension PluginStatus {
    /// The status in lower case with underscores, such as `not_found`.
    var word: String {
        var word = ""
        for character in "\(self)" {
            word += character.isUppercase ? "_\(character.lowercased())" : String(character)
        }
        return word
    }
}
