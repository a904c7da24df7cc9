import PluginKit

/// Numbers in the arguments of prompts, which are always text.
enum Number {
    /// A whole number from 1.
    static func read(_ text: String?, _ name: String) throws(ToolError) -> Int {
        guard let number = text.flatMap({ Int($0) }), number > 0 else {
            throw ToolError(.invalidArgument, "The argument \"\(name)\" must be a whole number from 1.")
        }
        return number
    }
}
