import GatewayState
import JSON

/// Lets clients register themselves (RFC 7591): open to all, and therefore bounded in every way.
struct ClientRegistration: Sendable {
    let workshop: Workshop
    let limiter: AttemptLimiter

    private static let everybody = "register"
    private static let grantTypes = ["authorization_code", "refresh_token", TokenRequest.Kind.device.rawValue]

    /// Registers a client.
    /// - Returns: the answer of 201.
    func register(_ body: [UInt8], from address: String) async throws(OAuthError) -> JSONValue {
        let settings = workshop.settings
        guard settings.allowsRegistration else {
            throw OAuthError(.invalidRequest, "Clients cannot register here; ask the operator for a client_id.")
        }
        let now = workshop.now
        guard limiter.allows("register " + address, atMost: settings.limits.registrationsPerMinute, at: now) else {
            throw .tooMany
        }
        guard body.count <= settings.limits.registrationBytes,
            let document = try? JSONDocument(parsing: body, limits: JSONLimits(depth: 16, bytes: body.count))
        else { throw ClientMetadata.invalid("The metadata must be a JSON object, and not a large one.") }
        let metadata = try ClientMetadata(document.root, privateUse: settings.privateUseRedirects)
        let grants = try grants(document.root)
        let secret = [.secretBasic, .secretPost].contains(metadata.authentication) ? Secret.make() : nil
        let record = ClientRecord(
            id: Secret.identifier(),
            name: metadata.name,
            metadata: String(decoding: Self.kept(metadata).serialized, as: UTF8.self),
            secretDigest: secret.map(Secret.digest),
            createdAt: now,
            expiresAt: now + settings.lifetimes.unusedClient
        )
        let isKept = try await workshop.state { store throws(StateError) in
            try await store.add(record, atMost: settings.limits.registeredClients)
        }
        guard isKept else { throw .tooMany }
        workshop.report(.clientRegistered, client: record.id)
        return answer(record, metadata, secret, grants)
    }

    private func grants(_ node: JSONNode) throws(OAuthError) -> [String] {
        guard let list = node["grant_types"] else { return Array(Self.grantTypes.prefix(2)) }
        guard list.kind == .array else { throw ClientMetadata.invalid("grant_types must be a list.") }
        let wanted = list.elements.compactMap(\.string).filter(Self.grantTypes.contains)
        guard !wanted.isEmpty else { throw ClientMetadata.invalid("None of the grant_types is open to clients.") }
        return wanted
    }

    private static func kept(_ metadata: ClientMetadata) -> JSONValue {
        var members: [JSONObject.Member] = [
            .init(name: "redirect_uris", value: .array(metadata.redirectURIs.map(JSONValue.string))),
            .init(name: "token_endpoint_auth_method", value: .string(metadata.authentication.rawValue)),
        ]
        if let keys = metadata.keySet.flatMap({ try? JSONValue(parsing: $0) }) {
            members.append(.init(name: "jwks", value: keys))
        }
        if let url = metadata.keySetURL { members.append(.init(name: "jwks_uri", value: .string(url))) }
        return .object(JSONObject(members: members))
    }

    private func answer(
        _ record: ClientRecord,
        _ metadata: ClientMetadata,
        _ secret: String?,
        _ grants: [String]
    ) -> JSONValue {
        guard case .object(var object) = Self.kept(metadata) else { return [:] }
        object["client_id"] = .string(record.id)
        object["client_id_issued_at"] = .integer(Int(record.createdAt))
        object["client_name"] = .string(record.name)
        object["grant_types"] = .array(grants.map(JSONValue.string))
        object["response_types"] = ["code"]
        if let secret {
            object["client_secret"] = .string(secret)
            object["client_secret_expires_at"] = 0
        }
        return .object(object)
    }
}
