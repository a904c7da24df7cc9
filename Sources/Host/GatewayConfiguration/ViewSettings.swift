package import GatewayCore

/// One of `views`: a path and what it shows.
package struct ViewSettings: Hashable, Sendable {
    /// Below the public URL, without a slash at its end.
    package var path = ""
    /// The namespaces shown; empty for every enabled one.
    package var namespaces: [String] = []
    /// Whether names carry their namespace; without it a view has exactly one namespace.
    package var isPrefixed = true
    /// Whether a request without a token is served, with the public items only.
    package var allowsAnonymous = false
    /// How a client learns what there is.
    package var listing = View.Listing.auto
    package var place: ConfigurationPlace
}
