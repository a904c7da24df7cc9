package import JSON

/// A resource, resource template or prompt as its provider describes it, under its local name.
package struct ItemDescription: Hashable, Sendable {
    /// What is described; tools have a description of their own.
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        case resource
        case template
        case prompt

        /// The kind that auth rules speak of.
        package var ruled: ItemReference.Kind { self == .prompt ? .prompt : .resource }
    }

    package let kind: Kind
    /// A resource's URI, a template (RFC 6570) or a prompt's name, without the namespace.
    package let localName: String
    /// The members as published, but the one that holds the name; in the order written.
    package let members: [JSONObject.Member]
    /// The names of a prompt's arguments, and whether each is required.
    package let arguments: [Argument]

    /// An argument of a prompt.
    package struct Argument: Hashable, Sendable {
        package let name: String
        package let isRequired: Bool

        package init(name: String, isRequired: Bool) {
            self.name = name
            self.isRequired = isRequired
        }
    }

    package init(
        kind: Kind,
        localName: String,
        members: [JSONObject.Member] = [],
        arguments: [Argument] = []
    ) {
        self.kind = kind
        self.localName = localName
        self.members = members
        self.arguments = arguments
    }
}
