package import PluginKit

/// What the official conformance suite of MCP expects to find on a server, name for name and text for text.
///
/// The longest name of the suite has 42 characters, so a namespace for it has 5 at most.
package struct ConformanceFixture: Plugin {
    package static let manifest = Manifest(
        id: "org.beamline.conformance",
        version: "1.0.0",
        namespace: "suite",
        tools: [
            SimpleTextTool.description, ImageTool.description, AudioTool.description,
            EmbeddedResourceTool.description, MixedContentTool.description, ErrorTool.description,
            LoggingTool.description, ProgressTool.description, QuietLoggingTool.description, SchemaTool.description,
            ToolChangeTool.description, PromptChangeTool.description, ResourceUpdateTool.description,
            HeaderTool.description, SamplingTool.description, ElicitationTool.description,
            ElicitationDefaultsTool.description, ElicitationChoicesTool.description, NameTool.description,
            CapitalTool.description, RootsTool.description, MemoryTool.description, TamperedStateTool.description,
            ManyQuestionsTool.description, TwoRoundsTool.description, AbilitiesTool.description,
            MissingAbilityTool.description, StreamedQuestionTool.description,
        ],
        resources: [
            TextResource.description, BinaryResource.description, TemplateResource.description,
            WatchedResource.description,
        ],
        prompts: [
            SimplePrompt.description, ArgumentPrompt.description, ResourcePrompt.description, ImagePrompt.description,
            AskingPrompt.description,
        ],
        auth: AuthRules(roles: [], scopes: [], rules: [.open("*")])
    )

    package let tools: [any Tool]
    package let resources: [any Resource] = [TextResource(), BinaryResource(), TemplateResource(), WatchedResource()]
    package let prompts: [any Prompt] = [
        SimplePrompt(), ArgumentPrompt(), ResourcePrompt(), ImagePrompt(), AskingPrompt(),
    ]
    private let offer = ChangingOffer()

    package init(configuration: NoConfiguration) throws(ToolError) {
        tools = [
            SimpleTextTool(), ImageTool(), AudioTool(), EmbeddedResourceTool(), MixedContentTool(), ErrorTool(),
            LoggingTool(), ProgressTool(), QuietLoggingTool(), SchemaTool(), ToolChangeTool(offer),
            PromptChangeTool(offer), ResourceUpdateTool(), HeaderTool(), SamplingTool(), ElicitationTool(),
            ElicitationDefaultsTool(), ElicitationChoicesTool(), NameTool(), CapitalTool(), RootsTool(), MemoryTool(),
            TamperedStateTool(), ManyQuestionsTool(), TwoRoundsTool(), AbilitiesTool(), MissingAbilityTool(),
            StreamedQuestionTool(),
        ]
    }

    package var furtherTools: [any Tool] { offer.tools }

    package var furtherPrompts: [any Prompt] { offer.prompts }
}
