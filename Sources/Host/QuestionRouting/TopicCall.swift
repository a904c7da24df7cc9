import GatewayCore
import JSON

/// The call that a question of a topic makes.
struct TopicCall {
    let topic: RoutingDeclaration.Topic
    let input: JSONValue
    let question: String
    let days: Int?

    func suggestion(
        _ namespace: String,
        _ confidence: Double,
        _ reason: String,
        number: Int? = nil
    ) -> RouteSuggestion {
        var arguments = topic.arguments
        if let name = topic.argument, let number { arguments[name] = .integer(number) }
        if let name = topic.question { arguments[name] = .string(fitting(question, name)) }
        if let name = topic.days, let days { arguments[name] = .integer(allowed(days, name)) }
        let required = input["required"]?.array?.compactMap(\.string) ?? []
        return RouteSuggestion(
            namespace: namespace,
            tool: topic.tool,
            arguments: arguments,
            missing: required.filter { arguments[$0] == nil },
            confidence: confidence,
            reason: reason
        )
    }

    /// As much of the question as the tool takes.
    private func fitting(_ question: String, _ name: String) -> String {
        guard let most = input["properties"]?[name]?["maxLength"]?.integer, most >= 0 else { return question }
        return String(question.prefix(most))
    }

    /// As many days as the tool takes.
    private func allowed(_ days: Int, _ name: String) -> Int {
        guard let most = input["properties"]?[name]?["maximum"]?.integer else { return days }
        return min(days, most)
    }
}
