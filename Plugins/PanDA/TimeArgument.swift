package import PluginKit

/// Reads a time as callers write it.
package enum TimeArgument {
    /// The time, or nil when none is given; without a zone it means UTC.
    /// - Throws: `ToolError` with `invalid_argument` for text that is no ISO 8601 time.
    package static func time(_ text: String?, _ name: String) throws(ToolError) -> Timestamp? {
        guard let text, !text.isEmpty else { return nil }
        guard let time = Timestamp(text) else {
            throw ToolError(
                .invalidArgument,
                "\(name): must be an ISO 8601 time such as 2026-11-21T05:00:00Z; without a zone it means UTC."
            )
        }
        return time
    }
}
