package import JSON

/// What of a tool can be searched.
package struct SearchableTool: Sendable {
    /// Words about where the tool is from: the namespace, and its title when it has one.
    let origin: [String]
    let name: String
    let title: String
    let description: String
    let parameterNames: [String]
    let parameterDescriptions: [String]

    /// Takes the parameters from an input schema, those of one level of nested objects too.
    package init(
        origin: [String] = [],
        name: String,
        title: String? = nil,
        description: String,
        inputSchema: JSONValue = [:]
    ) {
        self.origin = origin
        self.name = name
        self.title = title ?? ""
        self.description = description
        var names: [String] = []
        var descriptions: [String] = []
        for parameter in inputSchema["properties"]?.object?.members ?? [] {
            for property in [parameter] + (parameter.value["properties"]?.object?.members ?? []) {
                names.append(property.name)
                if let text = property.value["description"]?.string { descriptions.append(text) }
            }
        }
        parameterNames = names
        parameterDescriptions = descriptions
    }

    func texts(_ field: SearchField) -> [String] {
        switch field {
        case .origin: origin
        case .name: [name]
        case .title: [title]
        case .description: [description]
        case .parameterNames: parameterNames
        case .parameterDescriptions: parameterDescriptions
        }
    }
}
