package import PluginKit

/// Reads a state as callers write it.
package enum StateArgument {
    /// The state in the case PanDA writes it, or nil when none is given.
    ///
    /// A value with `%` is a pattern and passes as it is.
    /// - Throws: `ToolError` with `invalid_argument` for a word that is none of the states.
    package static func state(
        _ text: String?,
        _ name: String = "status",
        among known: [String]
    ) throws(ToolError) -> String? {
        guard let text, !text.isEmpty else { return nil }
        guard !text.contains("%") else { return text }
        guard let state = known.first(where: { $0.lowercased() == text.lowercased() }) else {
            throw ToolError(
                .invalidArgument,
                "\(name): is none of \(known.joined(separator: ", ")).",
                hint: "Write one of them, or a pattern with %."
            )
        }
        return state
    }
}
