package import JSON
package import PluginKit

/// Tells the answers of a BigPanDA monitor apart: JSON, nothing found, or no answer at all.
package enum MonitorAnswer {
    /// The document of an answer, or nil when the monitor does not know what was asked for.
    ///
    /// For an unknown id the monitor sends a page for people with status 200. `hint` says what to do where the answer is
    /// too large.
    /// - Throws: `ToolError` when the monitor gave no usable answer; the status goes to the operator only.
    package static func document(of answer: SourceAnswer, hint: String? = nil) throws(ToolError) -> JSONNode? {
        switch answer.status {
        case 200: return try document(ofSuccess: answer, hint)
        case 404: return nil
        case 429:
            throw ToolError(.rateLimited, "The monitor was asked too often; try again in some minutes.")
        case 408, 504:
            throw ToolError(.timeout, "The monitor took too long to answer.", detail: "status \(answer.status)")
        case 401, 403:
            throw ToolError(
                .unavailable,
                "The monitor does not accept this gateway.",
                hint: "The gateway's operator has to renew its access.",
                detail: "status \(answer.status)"
            )
        default:
            throw ToolError(
                .unavailable,
                "The monitor cannot answer now.",
                hint: "Try again in some minutes.",
                detail: "status \(answer.status)"
            )
        }
    }

    /// What to do where a list is too large.
    package static let narrower = "Ask for a shorter window, or for one task, site or user."

    private static func document(ofSuccess answer: SourceAnswer, _ hint: String?) throws(ToolError) -> JSONNode? {
        guard !answer.isTruncated else {
            throw ToolError(.tooLarge, "The monitor's answer is larger than this gateway reads.", hint: hint)
        }
        if let json = answer.json { return json }
        guard isPage(answer) else { throw unreadable("a body that is neither JSON nor a page") }
        return nil
    }

    /// The error for an answer that is not what the monitor is known to send.
    package static func unreadable(_ detail: String) -> ToolError {
        ToolError(.unavailable, "The monitor's answer cannot be understood.", detail: detail)
    }

    private static func isPage(_ answer: SourceAnswer) -> Bool {
        if answer.headers["content-type"]?.lowercased().hasPrefix("text/html") ?? false { return true }
        return answer.text?.first { !$0.isWhitespace } == "<"
    }
}
