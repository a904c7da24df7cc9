import GatewayCore
import JSON
import MCPModel

/// One of the gateway's own tools, with which a client finds the others where they are too many to list, or
/// looks after what they answered.
struct GatewayTool: Sendable {
    /// Where a tool is there.
    enum Place: Sendable {
        /// Where tools are searched instead of listed.
        case searchedViews
        /// Where a caller sees the tools of several experiments.
        case viewsOfSeveral
        case everywhere
        /// Wherever there is something that the caller may look into.
        case forOfficers
    }

    let item: ItemReference
    private let isReadOnly: Bool
    private let wrapsCall: Bool
    /// Where it is.
    let place: Place
    private let input: JSONSchema
    private let definitions: [[UInt8]]

    /// - Throws: `JSONSchemaError` when the input schema is not one.
    init(_ description: ToolDescription, wrapsCall: Bool = false, in place: Place = .searchedViews) throws {
        item = ItemReference(
            kind: .tool,
            namespace: ItemReference.gatewayNamespace,
            localName: description.localName
        )
        isReadOnly = description.isReadOnly
        self.wrapsCall = wrapsCall
        self.place = place
        input = try JSONSchema(compiling: description.inputSchema, options: .toolInput)
        definitions = ToolDefinition(name: item.outsideName, description: description).allForms
    }

    /// Whether it can be called in a view.
    func isThere(in view: View) -> Bool {
        switch place {
        case .searchedViews: view.listing != .all
        case .viewsOfSeveral: view.namespaces?.count != 1
        case .everywhere, .forOfficers: true
        }
    }

    func definition(_ form: ToolForm) -> [UInt8] { definitions[form.rawValue] }

    /// The way to the tool; what the wrapping tool destroys, the tool inside destroys, so only that one asks a person.
    ///
    /// With `roles` it does not exist for who has none of them.
    func route(to provider: any ToolProvider, for roles: Set<String>?) -> ToolRoute {
        ToolRoute(
            item: item,
            provider: provider,
            input: input,
            timeout: nil,
            isReadOnly: isReadOnly,
            isDestructive: false,
            wrapsCall: wrapsCall,
            audience: roles
        )
    }
}
