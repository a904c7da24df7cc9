import GatewayCore
import JSON
import MCPModel

/// Takes contributions one after the other, keeps what is acceptable and notes what is not.
struct CatalogBuilder {
    /// What is accepted of one contribution.
    struct Accepted {
        let summary: NamespaceSummary
        let source: String
        let routing: RoutingDeclaration
        var tools: [CatalogTool] = []
        var items: [CatalogItem] = []
    }

    private(set) var accepted: [Accepted] = []
    private(set) var refusals: [CatalogRefusal] = []

    mutating func add(_ contribution: CatalogContribution) {
        let namespace = contribution.namespace
        if let reason = refusal(ofNamespace: namespace) {
            refuse(contribution, tool: nil, reason)
            return
        }
        var section = Accepted(
            summary: NamespaceSummary(name: namespace, title: contribution.title),
            source: contribution.source,
            routing: contribution.routing
        )
        var names: Set<String> = []
        for description in contribution.tools {
            let name = description.localName
            do throws(Refused) {
                let input = try Self.compiledInput(of: description, in: namespace)
                let headerParameters = try Self.headerParameters(of: description)
                guard names.insert(name).inserted else { throw Refused(.nameTaken(by: contribution.source)) }
                let route = ToolRoute(
                    item: ItemReference(kind: .tool, namespace: namespace, localName: name),
                    provider: contribution.provider,
                    input: input,
                    timeout: description.timeout,
                    isReadOnly: description.isReadOnly,
                    isDestructive: description.isDestructive,
                    edition: contribution.source,
                    headerParameters: headerParameters
                )
                section.tools.append(CatalogTool(description, route: route))
            } catch {
                refuse(contribution, tool: name, error.reason)
            }
        }
        add(contribution, to: &section)
        accepted.append(section)
    }

    /// Takes the resources, templates and prompts of a contribution.
    private mutating func add(_ contribution: CatalogContribution, to section: inout Accepted) {
        guard let provider = contribution.itemProvider else { return }
        let namespace = contribution.namespace
        var names: Set<[String]> = []
        for description in contribution.items {
            do throws(Refused) {
                let template = try Self.template(of: description, in: namespace)
                guard names.insert([description.kind.rawValue, description.localName]).inserted else {
                    throw Refused(.nameTaken(by: contribution.source))
                }
                let route = ItemRoute(
                    item: ItemReference(
                        kind: description.kind.ruled,
                        namespace: namespace,
                        localName: description.localName
                    ),
                    provider: provider,
                    localName: description.localName,
                    arguments: description.arguments,
                    edition: contribution.source
                )
                section.items.append(CatalogItem(description, route: route, template: template))
            } catch {
                refuse(contribution, tool: description.localName, error.reason)
            }
        }
    }

    /// The template of a template; checks the name of whatever it is.
    private static func template(
        of description: ItemDescription,
        in namespace: String
    ) throws(Refused) -> URITemplate? {
        if description.kind == .prompt {
            if let reason = Naming.refusal(ofTool: description.localName, in: namespace) { throw Refused(reason) }
            return nil
        }
        guard OutsideURI.isLocal(description.localName) else { throw Refused(.uriMalformed) }
        guard description.kind == .template else { return nil }
        do {
            return try URITemplate(description.localName)
        } catch {
            throw Refused(.template(error))
        }
    }

    private func refusal(ofNamespace namespace: String) -> CatalogRefusal.Reason? {
        if let reason = Naming.refusal(ofNamespace: namespace) { return reason }
        return accepted.first { $0.summary.name == namespace }.map { .namespaceTaken(by: $0.source) }
    }

    private mutating func refuse(
        _ contribution: CatalogContribution,
        tool: String?,
        _ reason: CatalogRefusal.Reason
    ) {
        refusals.append(
            CatalogRefusal(
                source: contribution.source,
                namespace: contribution.namespace,
                tool: tool,
                reason: reason
            )
        )
    }

    private static func compiledInput(
        of description: ToolDescription,
        in namespace: String
    ) throws(Refused) -> JSONSchema {
        if let reason = Naming.refusal(ofTool: description.localName, in: namespace) { throw Refused(reason) }
        let schema = description.inputSchema
        guard schema["type"]?.string == "object" else { throw Refused(.inputNotObject) }
        do {
            return try JSONSchema(compiling: schema, options: .toolInput)
        } catch {
            throw Refused(.inputSchema(error))
        }
    }

    /// Clients leave out a tool that asks for header fields in a way that is not allowed, so it is not published.
    private static func headerParameters(of description: ToolDescription) throws(Refused) -> [HeaderParameter] {
        do {
            return try HeaderParameter.all(in: description.inputSchema)
        } catch {
            throw Refused(.headerParameter(error))
        }
    }

    private struct Refused: Error {
        let reason: CatalogRefusal.Reason

        init(_ reason: CatalogRefusal.Reason) {
            self.reason = reason
        }
    }
}
