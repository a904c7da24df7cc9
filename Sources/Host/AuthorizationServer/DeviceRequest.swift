import GatewayState
import JSON

/// Begins the login of a device that has no browser (RFC 8628).
struct DeviceRequest: Sendable {
    let workshop: Workshop
    let check: ClientCheck

    /// How often a user code that is taken is replaced by another.
    private static let attempts = 3

    /// Answers `POST /device_authorization`.
    func answer(_ form: FormParameters, authorization: [String]) async throws(OAuthError) -> JSONValue {
        let settings = workshop.settings
        let client = try await check.client(ClientCredential(authorization: authorization, form))
        guard client.origin != .account else {
            throw OAuthError(.unauthorizedClient, "Service accounts use client_credentials.")
        }
        guard settings.accepts(resource: form["resource"]) else {
            throw OAuthError(.invalidTarget, "This server issues tokens for its own resource only.")
        }
        let scopes = settings.scopes.requested(form["scope"])
        let (code, lifetimes) = (Secret.make(), settings.lifetimes)
        for _ in 0..<Self.attempts {
            let device = DeviceRecord(
                digest: Secret.digest(code),
                userCode: UserCode.make(),
                client: client.id,
                scopes: scopes,
                interval: lifetimes.deviceInterval,
                expiresAt: workshop.now + lifetimes.deviceCode
            )
            let isKept = try await workshop.state { store throws(StateError) in
                try await store.add(device, atMost: settings.limits.waitingDevices)
            }
            if isKept { return answer(device, code) }
        }
        throw .tooMany
    }

    private func answer(_ device: DeviceRecord, _ code: String) -> JSONValue {
        let page = workshop.settings.issuer + "/device"
        let shown = UserCode.shown(device.userCode)
        return [
            "device_code": .string(code), "user_code": .string(shown), "verification_uri": .string(page),
            "verification_uri_complete": .string(page + "?user_code=" + shown),
            "expires_in": .integer(Int(workshop.settings.lifetimes.deviceCode)),
            "interval": .integer(Int(device.interval)),
        ]
    }
}
