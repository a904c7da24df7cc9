/// How an issuer is asked about tokens that only it can read.
package struct TokenQuestions: Hashable, Sendable {
    package enum Way: Hashable, Sendable {
        /// RFC 7662, with the gateway's own client at the issuer.
        case introspection(IntrospectionAddress, client: String, secret: String)
        /// Gafaelfawr's `token-info` and, for groups, `user-info`, each with the token itself.
        case tokenInfo(url: String, userInfoURL: String?)
    }

    package enum IntrospectionAddress: Hashable, Sendable {
        case url(String)
        /// The `introspection_endpoint` of the issuer's metadata at this URL (RFC 8414 section 2).
        case discovery(url: String)
    }

    package var way: Way
    /// What its tokens begin with; empty for all that are nobody else's.
    package var prefix: String

    package init(_ way: Way, prefix: String = "") {
        self.way = way
        self.prefix = prefix
    }
}
