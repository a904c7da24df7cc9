import JSON

/// The document by which a client learns where to get a token for the gateway (RFC 9728 section 2).
package struct ProtectedResourceMetadata: Hashable, Sendable {
    /// The resource identifier, and the audience of the tokens: the gateway's public URL with `/mcp`.
    package var resource: String
    /// The issuers, exactly as their tokens name them; clients take the first.
    package var authorizationServers: [String]
    /// What a client should ask for at first; never `offline_access`, and not all there is.
    package var scopesSupported: [String]
    /// A name for people.
    package var resourceName: String
    /// The URL of a page for developers.
    package var resourceDocumentation: String?

    package init(
        resource: String,
        authorizationServers: [String],
        scopesSupported: [String],
        resourceName: String,
        resourceDocumentation: String? = nil
    ) {
        self.resource = resource
        self.authorizationServers = authorizationServers
        self.scopesSupported = scopesSupported
        self.resourceName = resourceName
        self.resourceDocumentation = resourceDocumentation
    }

    /// The document as JSON text.
    package var bytes: [UInt8] {
        var members: [JSONObject.Member] = [.init(name: "resource", value: .string(resource))]
        if !authorizationServers.isEmpty {
            members.append(
                .init(name: "authorization_servers", value: .array(authorizationServers.map(JSONValue.string)))
            )
        }
        if !scopesSupported.isEmpty {
            members.append(.init(name: "scopes_supported", value: .array(scopesSupported.map(JSONValue.string))))
        }
        members.append(.init(name: "bearer_methods_supported", value: ["header"]))
        members.append(.init(name: "resource_name", value: .string(resourceName)))
        if let resourceDocumentation {
            members.append(.init(name: "resource_documentation", value: .string(resourceDocumentation)))
        }
        return JSONValue.object(JSONObject(members: members)).serialized
    }
}
