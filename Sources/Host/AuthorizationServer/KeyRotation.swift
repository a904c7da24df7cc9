package import GatewayState
import Sealing

/// Decides which key signs, and when the next one is made (RFC 9700 section 2.2 asks for short-lived tokens; their keys
/// change as a matter of routine, so that a change in an emergency is nothing new).
package struct KeyRotation: Sendable {
    /// How long a key signs, in seconds.
    package let period: Int64
    /// The longest life of what it signs.
    package let tokenLifetime: Int64

    package init(period: Int64, tokenLifetime: Int64) {
        self.period = period
        self.tokenLifetime = tokenLifetime
    }

    /// How long before its first use a key is published, so that everybody has it by then.
    package var announcement: Int64 { min(86_400, period / 2) }

    /// The key that signs now; the keys are in the order in which they begin.
    package func current(_ keys: [SigningKeyRecord], at now: Int64) -> SigningKeyRecord? {
        keys.last { $0.signsFrom <= now && now + tokenLifetime < $0.retiresAt }
    }

    /// When a key that is to be made now begins to sign; nil when none is needed.
    package func nextBegins(_ keys: [SigningKeyRecord], at now: Int64) -> Int64? {
        guard let current = current(keys, at: now) else { return now }
        guard !keys.contains(where: { $0.signsFrom > now }) else { return nil }
        let end = current.signsFrom + period
        return now >= end - announcement ? max(end, now + announcement) : nil
    }

    /// When nothing signed by a key is valid any more, also if the gateway stood still when the next should have begun.
    package func retirement(of begin: Int64) -> Int64 { begin + 3 * period + tokenLifetime }

    /// A key nobody knows yet, with which signing begins at a moment.
    func newKey(from begin: Int64) -> SigningKeyRecord {
        SigningKeyRecord(
            id: Secret.identifier(),
            secret: ES256Key().secret,
            signsFrom: begin,
            retiresAt: retirement(of: begin)
        )
    }
}
