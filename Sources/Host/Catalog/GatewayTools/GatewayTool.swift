import GatewayCore
import JSON
import MCPModel

/// One of the gateway's own tools, with which a client finds the others where they are too many to list, or
/// looks after what they answered.
struct GatewayTool: Sendable {
    let item: ItemReference
    private let isReadOnly: Bool
    private let wrapsCall: Bool
    /// Whether it is there also where all tools are listed.
    let isEverywhere: Bool
    private let input: JSONSchema
    private let definitions: [[UInt8]]

    /// - Throws: `JSONSchemaError` when the input schema is not one.
    init(_ description: ToolDescription, wrapsCall: Bool = false, isEverywhere: Bool = false) throws {
        item = ItemReference(
            kind: .tool,
            namespace: ItemReference.gatewayNamespace,
            localName: description.localName
        )
        isReadOnly = description.isReadOnly
        self.wrapsCall = wrapsCall
        self.isEverywhere = isEverywhere
        input = try JSONSchema(compiling: description.inputSchema, options: .toolInput)
        definitions = ToolDefinition(name: item.outsideName, description: description).allForms
    }

    func definition(_ form: ToolForm) -> [UInt8] { definitions[form.rawValue] }

    /// The way to the tool; what the wrapping tool destroys, the tool inside destroys, so only that one asks a person.
    func route(to provider: any ToolProvider) -> ToolRoute {
        ToolRoute(
            item: item,
            provider: provider,
            input: input,
            timeout: nil,
            isReadOnly: isReadOnly,
            isDestructive: false,
            wrapsCall: wrapsCall
        )
    }
}
