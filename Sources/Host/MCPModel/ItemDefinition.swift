package import GatewayCore
import JSON

/// A resource, template or prompt as its list shows it (2026-07-28 server/resources and server/prompts).
package struct ItemDefinition: Sendable {
    private let description: ItemDescription
    private let name: String

    /// An item under the name, URI or template a view gives it.
    package init(name: String, description: ItemDescription) {
        self.name = name
        self.description = description
    }

    /// The JSON object in the form of a revision; members the revision does not know are left out.
    package func bytes(_ revision: Revision) -> [UInt8] {
        var writer = JSONWriter(capacity: 512)
        writer.beginObject()
        writer.name(description.kind.nameMember)
        writer.write(name)
        for member in description.members where revision.knows(member.name) {
            writer.name(member.name)
            writer.write(member.value)
        }
        writer.endObject()
        return writer.bytes
    }
}

extension ItemDescription.Kind {
    /// The member by which clients name the item.
    package var nameMember: String {
        switch self {
        case .resource: "uri"
        case .template: "uriTemplate"
        case .prompt: "name"
        }
    }

    /// The member of a list's result that holds the items.
    package var listMember: String {
        switch self {
        case .resource: "resources"
        case .template: "resourceTemplates"
        case .prompt: "prompts"
        }
    }

    /// The method that lists the items.
    package var listMethod: String {
        switch self {
        case .resource: "resources/list"
        case .template: "resources/templates/list"
        case .prompt: "prompts/list"
        }
    }
}

extension Revision {
    fileprivate func knows(_ member: String) -> Bool {
        switch member {
        case "title", "_meta": hasTitles
        case "icons": hasIcons
        default: true
        }
    }
}
