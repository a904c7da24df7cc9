package import GatewayCore
package import JSON

/// Who the server says it is.
///
/// Clients show it and must not decide by it.
package struct Implementation: Hashable, Sendable {
    package let name: String
    package let version: String
    /// A name for people.
    package let title: String?
    /// Shown where the server introduces itself, and not with every result.
    package let icons: [Icon]

    package init(name: String, version: String, title: String? = nil, icons: [Icon] = []) {
        self.name = name
        self.version = version
        self.title = title
        self.icons = icons
    }

    /// Writes the object in the form of a revision.
    package func write(to writer: inout JSONWriter, revision: Revision, isIntroduction: Bool) {
        writer.beginObject()
        writer.name("name")
        writer.write(name)
        if let title, revision.hasTitles {
            writer.name("title")
            writer.write(title)
        }
        writer.name("version")
        writer.write(version)
        if isIntroduction, !icons.isEmpty, revision.hasIcons {
            writer.name("icons")
            writer.write(.array(icons.map(\.document)))
        }
        writer.endObject()
    }
}
