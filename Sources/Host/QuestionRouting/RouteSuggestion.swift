package import JSON

/// A tool that may answer a question.
package struct RouteSuggestion: Hashable, Sendable {
    package let namespace: String
    /// The local name of the tool.
    package let tool: String
    /// What the question says of its arguments.
    package let arguments: JSONObject
    /// The required arguments that the question does not give.
    package let missing: [String]
    /// From 0 to 1; 0.5 and less is a guess.
    package internal(set) var confidence: Double
    /// Why, in one sentence.
    package let reason: String
}

/// What a question leads to.
package struct RouteAdvice: Hashable, Sendable {
    /// The surest first.
    package let suggestions: [RouteSuggestion]
    /// The experiments that answer equally well, when there are several: only a person can tell which is meant.
    package let rivals: [String]
}
