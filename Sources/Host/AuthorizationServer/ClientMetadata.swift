package import JSON

/// What a client says about itself (RFC 7591 section 2), read from a registration or a document of its own.
///
/// Members that are not needed are ignored. Nothing they point to is ever fetched, but the keys of a document.
package struct ClientMetadata: Hashable, Sendable {
    package static let mostRedirectURIs = 10
    package static let longestName = 100

    package let name: String
    package let redirectURIs: [String]
    package let authentication: Client.Authentication
    package let keySet: [UInt8]?
    package let keySetURL: String?

    /// Reads and checks metadata; `privateUse` are the private-use redirect URIs the site allows.
    package init(_ node: JSONNode, privateUse: [String]) throws(OAuthError) {
        guard node.kind == .object else { throw Self.invalid("The metadata must be a JSON object.") }
        redirectURIs = try Self.redirectURIs(node, privateUse)
        name = Self.name(node["client_name"]?.string) ?? "Unnamed client"
        guard let word = node["token_endpoint_auth_method"] else {
            // The default of RFC 7591 would be a secret, which no public client can keep.
            (authentication, keySet, keySetURL) = (.none, nil, nil)
            return
        }
        guard let method = word.string.flatMap(Client.Authentication.init(rawValue:)) else {
            throw Self.invalid("token_endpoint_auth_method is not one of those in the server's metadata.")
        }
        authentication = method
        keySet = node["jwks"].map { Array($0.bytes) }
        keySetURL = node["jwks_uri"]?.string
        guard method != .privateKey || (keySet == nil) != (keySetURL == nil) else {
            throw Self.invalid("private_key_jwt needs jwks or jwks_uri, and one of them only.")
        }
    }

    private static func redirectURIs(_ node: JSONNode, _ privateUse: [String]) throws(OAuthError) -> [String] {
        var uris: [String] = []
        guard let list = node["redirect_uris"], list.kind == .array else {
            throw OAuthError(.invalidRedirectURI, "redirect_uris must be a list of URIs.")
        }
        for element in list.elements {
            guard let uri = element.string, RedirectURI.isAcceptable(uri, privateUse: privateUse) else {
                throw OAuthError(
                    .invalidRedirectURI,
                    "A redirect URI must be https, or http on 127.0.0.1, [::1] or localhost, without a fragment."
                )
            }
            uris.append(uri)
        }
        guard (1...mostRedirectURIs).contains(uris.count) else {
            throw OAuthError(.invalidRedirectURI, "There must be 1 to \(mostRedirectURIs) redirect URIs.")
        }
        return uris
    }

    /// A name as it may be shown: one line, no control, format or private characters, not too long.
    static func name(_ text: String?) -> String? {
        guard let text else { return nil }
        let shown = text.unicodeScalars.filter { scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: false
            default: true
            }
        }
        let name = String(String.UnicodeScalarView(shown)).prefix(longestName)
        return name.allSatisfy(\.isWhitespace) ? nil : String(name)
    }

    static func invalid(_ description: String) -> OAuthError { OAuthError(.invalidClientMetadata, description) }
}
