/// A client as the authorization server knows it, wherever that is written down.
package struct Client: Hashable, Sendable {
    /// Where what is known comes from, and so what may be believed.
    package enum Origin: Hashable, Sendable {
        /// The site's configuration.
        case site
        /// A document at the URL that is its name; the host is proven by TLS.
        case document(host: String)
        /// It registered itself: nothing about it is proven.
        case registered
        /// A service account of the site: a program without a person.
        case account
    }

    /// How it authenticates at the token endpoint.
    package enum Authentication: String, Hashable, Sendable, CaseIterable {
        case none
        case secretBasic = "client_secret_basic"
        case secretPost = "client_secret_post"
        case privateKey = "private_key_jwt"
    }

    package let id: String
    /// For people; of a registered client nobody vouches for it.
    package let name: String
    package let origin: Origin
    package let redirectURIs: [String]
    package let authentication: Authentication
    /// The SHA-256 of its secrets, in hexadecimal; two during a change.
    package let secretDigests: [String]
    /// Its JWK set, as JSON text.
    package let keySet: [UInt8]?
    /// Where its JWK set lies.
    package let keySetURL: String?

    package init(
        id: String,
        name: String,
        origin: Origin,
        redirectURIs: [String] = [],
        authentication: Authentication = .none,
        secretDigests: [String] = [],
        keySet: [UInt8]? = nil,
        keySetURL: String? = nil
    ) {
        self.id = id
        self.name = name
        self.origin = origin
        self.redirectURIs = redirectURIs
        self.authentication = authentication
        self.secretDigests = secretDigests
        self.keySet = keySet
        self.keySetURL = keySetURL
    }
}
