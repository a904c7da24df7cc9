import JSON
package import PluginKit

/// A tool's answer as the text of a resource.
package enum JSONText {
    package static func of(_ answer: some Encodable) throws(ToolError) -> ResourceContent {
        do {
            return .text(String(decoding: try JSONBytesEncoder().encode(answer), as: UTF8.self))
        } catch {
            throw ToolError(.internal, "The answer could not be written.", detail: "\(error)")
        }
    }
}
