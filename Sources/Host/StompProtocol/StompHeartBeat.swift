/// What one side says of heart-beats (STOMP 1.2, "Heart-beating").
package struct StompHeartBeat: Hashable, Sendable {
    /// The shortest time between two signs of life it can send, in milliseconds; 0 when it sends none.
    package let sends: Int
    /// How often it wants one, in milliseconds; 0 when it wants none.
    package let wants: Int

    package init(sends: Int, wants: Int) {
        self.sends = sends
        self.wants = wants
    }

    /// Reads the header's value; without one there are no heart-beats.
    /// - Returns: nil when it is malformed.
    package init?(_ text: String?) {
        guard let text else {
            self.init(sends: 0, wants: 0)
            return
        }
        let numbers = text.split(separator: ",", omittingEmptySubsequences: false).map(Self.number)
        guard numbers.count == 2, let sends = numbers[0], let wants = numbers[1] else { return nil }
        self.init(sends: sends, wants: wants)
    }

    /// The header's value.
    package var text: String { "\(sends),\(wants)" }

    /// How often this side has to send, in milliseconds; nil when it need not.
    package func sending(to peer: StompHeartBeat) -> Int? {
        sends == 0 || peer.wants == 0 ? nil : max(sends, peer.wants)
    }

    /// How often the peer will send, in milliseconds; nil when it will not.
    package func receiving(from peer: StompHeartBeat) -> Int? { peer.sending(to: self) }

    /// A day is more than any heart-beat.
    private static func number(_ text: Substring) -> Int? {
        guard (1...9).contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return nil
        }
        return Int(text).map { min($0, 86_400_000) }
    }
}
