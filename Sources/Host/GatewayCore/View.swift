/// A path under which items are offered: which namespaces, and whether names carry them as a prefix.
package struct View: Hashable, Sendable {
    /// The path below the public URL, without a trailing slash, such as `/mcp/epic`.
    package let path: String
    /// The namespaces shown; nil for every enabled one.
    package let namespaces: [String]?
    /// Whether names carry their namespace.
    ///
    /// Without a prefix a view has exactly one namespace.
    package let isPrefixed: Bool
    /// Whether a request without a token is served, with the public items only.
    package let allowsAnonymous: Bool

    package init(path: String, namespaces: [String]?, isPrefixed: Bool, allowsAnonymous: Bool = false) {
        self.path = path
        self.namespaces = namespaces
        self.isPrefixed = isPrefixed
        self.allowsAnonymous = allowsAnonymous
    }

    /// Whether items of a namespace are part of this view.
    package func contains(namespace: String) -> Bool {
        namespaces?.contains(namespace) ?? true
    }
}
