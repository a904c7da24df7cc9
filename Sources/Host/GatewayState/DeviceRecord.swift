/// A device that waits for somebody to log in elsewhere (RFC 8628); times are in seconds.
package struct DeviceRecord: Hashable, Sendable {
    /// What the person has said.
    package enum State: String, Hashable, Sendable, CaseIterable {
        case waiting, allowed, denied
    }

    /// The SHA-256 of the device code, in hexadecimal.
    package let digest: String
    /// What the person types, in its plain form.
    package let userCode: String
    package let client: String
    package let scopes: [String]
    package var state: State
    /// What was granted; nil until somebody allowed it.
    package var grant: String?
    /// When the device last asked, since 1970; nil before the first time.
    package var polledAt: Int64?
    /// How long it has to wait between two questions.
    package var interval: Int64
    package let expiresAt: Int64

    package init(
        digest: String,
        userCode: String,
        client: String,
        scopes: [String],
        state: State = .waiting,
        grant: String? = nil,
        polledAt: Int64? = nil,
        interval: Int64,
        expiresAt: Int64
    ) {
        self.digest = digest
        self.userCode = userCode
        self.client = client
        self.scopes = scopes
        self.state = state
        self.grant = grant
        self.polledAt = polledAt
        self.interval = interval
        self.expiresAt = expiresAt
    }
}
