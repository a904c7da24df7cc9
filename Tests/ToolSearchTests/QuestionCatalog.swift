import Foundation
import JSON
import ToolSearch

/// The tools of the shipped plugins and several hundred others as a site might have, with questions for them.
struct QuestionCatalog {
    /// What somebody asks, and the tools any of which answers it.
    struct Question {
        let text: String
        let tools: Set<String>
    }

    /// The tools' names with their namespaces, in their order.
    let names: [String]
    let tools: [SearchableTool]
    let questions: [Question]

    init() throws {
        var found: [String: SearchableTool] = [:]
        for plugin in ["ATLAS", "ePIC", "Rubin"] {
            let manifest = try Self.read("../../Plugins/\(plugin)/manifest.json")
            for tool in manifest["tools"]?.array ?? [] {
                Self.add(tool, tool["inputSchema"] ?? [:], manifest["namespace"]?.string ?? "", to: &found)
            }
        }
        // A tool that a plugin has by now is the plugin's.
        for namespace in try Self.read("Questions/further-tools.json").object?.members ?? [] {
            for tool in namespace.value.array ?? [] {
                Self.add(tool, Self.schema(tool["parameters"]), namespace.name, to: &found)
            }
        }
        let sorted = found.sorted { $0.key < $1.key }
        names = sorted.map(\.key)
        tools = sorted.map(\.value)
        questions = (try Self.read("Questions/tool-questions.json").array ?? []).map { question in
            Question(
                text: question["question"]?.string ?? "",
                tools: Set((question["tools"]?.array ?? []).compactMap(\.string))
            )
        }
    }

    private static func add(
        _ tool: JSONValue,
        _ schema: JSONValue,
        _ namespace: String,
        to tools: inout [String: SearchableTool]
    ) {
        let name = tool["name"]?.string ?? ""
        guard tools[namespace + "_" + name] == nil else { return }
        tools[namespace + "_" + name] = SearchableTool(
            origin: [namespace],
            name: name,
            title: tool["title"]?.string,
            description: tool["description"]?.string ?? "",
            inputSchema: schema
        )
    }

    private static func schema(_ parameters: JSONValue?) -> JSONValue {
        let properties = (parameters?.object?.members ?? []).map { parameter in
            JSONObject.Member(name: parameter.name, value: ["type": "string", "description": parameter.value])
        }
        return ["type": "object", "properties": .object(JSONObject(members: properties))]
    }

    private static func read(_ path: String) throws -> JSONValue {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
        return try JSONValue(parsing: Array(Data(contentsOf: folder.appending(path: path))))
    }
}
