/// A namespace, for people and models.
package struct NamespaceSummary: Hashable, Sendable {
    package let name: String
    package let title: String?

    package init(name: String, title: String?) {
        self.name = name
        self.title = title
    }
}
