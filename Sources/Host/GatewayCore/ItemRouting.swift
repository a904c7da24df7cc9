import JSON

/// Finds what stands behind the name of a resource or prompt.
package protocol ItemRouting: Sendable {
    /// The route of a resource by its URI, itself or by the template it fits; nil when the view has none.
    func route(toResource uri: String, in view: View) -> ItemRoute?

    /// The route of a template, named as it is listed; nil when the view has none.
    func route(toTemplate template: String, in view: View) -> ItemRoute?

    /// The route of a prompt; nil when the view has none.
    func route(toPrompt name: String, in view: View) -> ItemRoute?
}

/// Where a request about a resource or prompt goes.
package struct ItemRoute: Sendable {
    /// What rules decide on: for a resource that fits a template, the template.
    package let item: ItemReference
    package let provider: any ItemProvider
    /// What the provider knows it as: a URI, a template or a prompt's name.
    package let localName: String
    /// The arguments of a prompt.
    package let arguments: [ItemDescription.Argument]
    /// What a URI has in the places of its template's variables, as it stands there; empty for other items.
    package let variables: [String: String]
    /// Which edition of the provider this is: another one knows nothing of what this one asked.
    package let edition: String

    package init(
        item: ItemReference,
        provider: any ItemProvider,
        localName: String,
        arguments: [ItemDescription.Argument] = [],
        variables: [String: String] = [:],
        edition: String = ""
    ) {
        self.variables = variables
        self.edition = edition
        self.item = item
        self.provider = provider
        self.localName = localName
        self.arguments = arguments
    }

    /// What a provider is told of the resource to read or watch: of a URI that fits a template, which one, and the
    /// values in their plain form.
    package var resourceBody: [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        if !variables.isEmpty {
            writer.name("template")
            writer.write(item.localName)
            writer.name("variables")
            writer.beginObject()
            for (name, value) in variables.sorted(by: { $0.key < $1.key }) {
                writer.name(name)
                writer.write(PercentEncoding.decoded(value))
            }
            writer.endObject()
        }
        writer.endObject()
        return writer.bytes
    }
}
