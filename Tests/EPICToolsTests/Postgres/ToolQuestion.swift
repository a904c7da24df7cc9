import JSON

/// A tool, what it is asked, and how many pages of the answer are read.
struct ToolQuestion: CustomStringConvertible, Sendable {
    let tool: String
    let arguments: JSONObject
    let pages: Int

    init(_ tool: String, _ arguments: JSONValue = [:], pages: Int = 1) {
        self.tool = tool
        self.arguments = arguments.object ?? JSONObject()
        self.pages = pages
    }

    var description: String { "\(tool) \(String(decoding: JSONValue.object(arguments).serialized, as: UTF8.self))" }
}
