import MCPModel

/// Reads `Content-Type` and `Accept` (RFC 9110 sections 8.3 and 12.5.1) as far as one type is concerned.
enum MediaTypes {
    /// What clients are told to send (basic/transports), and nearly all do.
    private static let usualAccept = "application/json, text/event-stream"

    /// Whether a body is JSON in UTF-8.
    static func isJSON(contentType: String) -> Bool {
        if contentType == "application/json" { return true }
        let parts = contentType.split(separator: ";", omittingEmptySubsequences: false).map { trimmed($0) }
        guard parts.first == "application/json" else { return false }
        return parts.dropFirst().allSatisfy { parameter in
            guard parameter.hasPrefix("charset=") else { return true }
            let charset = parameter.dropFirst("charset=".count).filter { $0 != "\"" }
            return charset == "utf-8" || charset == "utf8"
        }
    }

    /// Whether a client takes JSON.
    ///
    /// Older clients say only `*/*`, or nothing.
    static func acceptsJSON(_ fields: [String]) -> Bool {
        fields.isEmpty
            || fields.contains { $0 == usualAccept || $0.split(separator: ",").contains(where: isRangeOfJSON) }
    }

    /// Whether a client takes streams of events.
    ///
    /// Unlike JSON they must be asked for: who says nothing gets none.
    static func acceptsEvents(_ fields: [String]) -> Bool {
        fields.contains { field in
            field == usualAccept
                || field.split(separator: ",").contains { range(of: ["text/event-stream", "text/*", "*/*"], $0) }
        }
    }

    private static func isRangeOfJSON(_ range: Substring) -> Bool {
        self.range(of: ["application/json", "application/*", "*/*"], range)
    }

    private static func range(of types: [String], _ range: Substring) -> Bool {
        let parts = range.split(separator: ";", omittingEmptySubsequences: false).map { trimmed($0) }
        guard let type = parts.first, types.contains(type) else { return false }
        return !parts.dropFirst().contains { ["q=0", "q=0.0", "q=0.00", "q=0.000"].contains($0) }
    }

    private static func trimmed(_ text: Substring) -> String {
        HeaderText.trimmed(text.lowercased())
    }
}
