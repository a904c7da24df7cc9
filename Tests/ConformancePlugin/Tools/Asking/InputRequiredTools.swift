import JSON
package import PluginKit

/// Asks for a name.
package struct NameTool: AskingTool {
    package typealias Input = NoArguments

    package static let name = "test_input_required_result_elicitation"
    package static let summary = "Asks for a name."

    package func answer(to input: Input, in context: CallContext) async throws(ToolError) -> String {
        "Hello, \(try context.ask(SuiteQuestion.name).text("name"))!"
    }
}

/// Asks the model.
package struct CapitalTool: AskingTool {
    package typealias Input = NoArguments

    package static let name = "test_input_required_result_sampling"
    package static let summary = "Asks the client's model a question."

    package func answer(to input: Input, in context: CallContext) async throws(ToolError) -> String {
        try context.ask(SuiteQuestion.capital).written
    }
}

/// Asks for folders.
package struct RootsTool: AskingTool {
    package typealias Input = NoArguments

    package static let name = "test_input_required_result_list_roots"
    package static let summary = "Asks which folders the client works on."

    package func answer(to input: Input, in context: CallContext) async throws(ToolError) -> String {
        let roots = try context.ask(SuiteQuestion.roots).value?["roots"]?.array ?? []
        return "Roots: \(roots.compactMap { $0["uri"]?.string }.joined(separator: ", "))"
    }
}

/// Remembers something while it asks.
package struct MemoryTool: AskingTool {
    package typealias Input = NoArguments

    package static let name = "test_input_required_result_request_state"
    package static let summary = "Remembers something while it asks."

    package func answer(to input: Input, in context: CallContext) async throws(ToolError) -> String {
        _ = try context.ask(SuiteQuestion.confirmation, remembering: "asked")
        return context.conversation.memory == "asked" ? "state-ok" : "state-lost"
    }
}

/// Asks the same, for a client that changes what it brings back.
package struct TamperedStateTool: AskingTool {
    package typealias Input = NoArguments

    package static let name = "test_input_required_result_tampered_state"
    package static let summary = "Remembers something that nobody else can change."

    package func answer(to input: Input, in context: CallContext) async throws(ToolError) -> String {
        _ = try context.ask(SuiteQuestion.confirmation, remembering: "asked")
        return "state-ok"
    }
}

/// Asks for three things at once.
package struct ManyQuestionsTool: AskingTool {
    package typealias Input = NoArguments

    package static let name = "test_input_required_result_multiple_inputs"
    package static let summary = "Asks user, model and client at once."

    package func answer(to input: Input, in context: CallContext) async throws(ToolError) -> String {
        let greeting = SuiteQuestion.sampling("greeting", "Generate a greeting", maxTokens: 50)
        let answers = try context.ask([SuiteQuestion.name, greeting, SuiteQuestion.roots], remembering: "asked")
        return "\(answers["greeting"]?.written ?? "") \(answers["user_name"]?.text("name") ?? "")"
    }
}

/// Asks twice.
package struct TwoRoundsTool: AskingTool {
    package typealias Input = NoArguments

    package static let name = "test_input_required_result_multi_round"
    package static let summary = "Asks for a name, then for a colour."

    package func answer(to input: Input, in context: CallContext) async throws(ToolError) -> String {
        let name = try context.ask(
            .form("step1", "Step 1: What is your name?", [.required("name", .string())]),
            remembering: "step 1"
        )
        let color = try context.ask(
            .form("step2", "Step 2: What is your favorite color?", [.required("color", .string())]),
            remembering: "step 2"
        )
        return "\(name.text("name")) likes \(color.text("color"))."
    }
}

/// Asks only for what the client says that it can do.
package struct AbilitiesTool: AskingTool {
    package typealias Input = NoArguments

    package static let name = "test_input_required_result_capabilities"
    package static let summary = "Asks only for what the client says that it can do."

    package func answer(to input: Input, in context: CallContext) async throws(ToolError) -> String {
        let abilities = context.conversation.abilities
        var questions: [Question] = []
        if abilities.contains(.form) { questions.append(SuiteQuestion.name) }
        if abilities.contains(.sampling) { questions.append(SuiteQuestion.capital) }
        if abilities.contains(.roots) { questions.append(SuiteQuestion.roots) }
        return "\(try context.ask(questions).count) answers"
    }
}

/// Needs a model.
package struct MissingAbilityTool: AskingTool {
    package typealias Input = NoArguments

    package static let name = "test_missing_capability"
    package static let summary = "Needs the client's model, whether it has one or not."

    package func answer(to input: Input, in context: CallContext) async throws(ToolError) -> String {
        try context.ask(SuiteQuestion.capital).written
    }
}

/// Asks while a stream could be open, and never over it.
package struct StreamedQuestionTool: AskingTool {
    package typealias Input = NoArguments

    package static let name = "test_streaming_elicitation"
    package static let summary = "Tells how far it has come, then asks if the client can."

    package func answer(to input: Input, in context: CallContext) async throws(ToolError) -> String {
        context.progress(1, total: 2)
        guard context.conversation.abilities.contains(.form) else { return "Nobody to ask" }
        return "Hello, \(try context.ask(SuiteQuestion.name).text("name"))!"
    }
}
