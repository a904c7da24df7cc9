/// Something an operator did to all gateways of a state, kept for a day so that each of them notes it.
package struct OperatorActRecord: Hashable, Sendable {
    /// What was done.
    package enum Name: String, Hashable, Sendable {
        case keysRotated = "keys_rotated"
        case revoked
    }

    /// How long it is kept, in seconds: a gateway that starts within that time notes it too.
    package static let kept: Int64 = 86_400

    package let id: String
    package let name: Name
    /// What else there is to say, by words of ours; no value has a line break.
    package let details: [String: String]
    /// Seconds since 1970.
    package let performedAt: Int64

    package init(id: String, name: Name, details: [String: String], performedAt: Int64) {
        self.id = id
        self.name = name
        self.details = details
        self.performedAt = performedAt
    }
}
