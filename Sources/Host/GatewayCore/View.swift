/// A path under which items are offered: which namespaces, and whether names carry them as a prefix.
package struct View: Hashable, Sendable {
    /// How a client learns which tools there are.
    package enum Listing: String, Hashable, Sendable, CaseIterable {
        /// Every tool is listed as long as they are few and short; otherwise the gateway's own tools find the others.
        case auto
        /// Every tool is listed, however many there are.
        case all
        /// Only the gateway's own tools are listed, and find the others.
        case search
    }

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
    package let listing: Listing

    package init(
        path: String,
        namespaces: [String]?,
        isPrefixed: Bool,
        allowsAnonymous: Bool = false,
        listing: Listing = .auto
    ) {
        self.path = path
        self.namespaces = namespaces
        self.isPrefixed = isPrefixed
        self.allowsAnonymous = allowsAnonymous
        self.listing = listing
    }

    /// Whether items of a namespace are part of this view.
    package func contains(namespace: String) -> Bool {
        namespaces?.contains(namespace) ?? true
    }
}
