/// The internet addresses that begin alike: `10.1.0.0/16`, `2001:db8::/32`, or one address.
package struct AddressRange: Hashable, Sendable, CustomStringConvertible {
    private let first: IPAddress
    private let prefixLength: Int

    /// Reads a range as CIDR writes it (RFC 4632 section 3.1); nil for anything else, also where bits are set beyond the
    /// prefix, as it is then not clear what is meant.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let address = IPAddress(String(parts[0])), address == address.unmapped
        else { return nil }
        var length = address.bits
        if parts.count == 2 {
            guard let number = Int(parts[1]), String(number) == parts[1], (0...address.bits).contains(number) else {
                return nil
            }
            length = number
        }
        guard address.prefix(length) == address else { return nil }
        first = address
        prefixLength = length
    }

    /// Whether an address is in the range; one of IPv4 that is written as IPv6 counts as what it is.
    package func contains(_ address: IPAddress) -> Bool {
        let address = address.unmapped
        return address.bits == first.bits && address.prefix(prefixLength) == first
    }

    /// Whether the range has any address of this machine itself in it (RFC 1122 section 3.2.1.3, RFC 4291 section 2.5.3).
    package var touchesLoopback: Bool {
        switch first {
        case .v4(let number):
            let shared = min(prefixLength, 8)
            return shared == 0 || number >> (32 - UInt32(shared)) == 0x7F00_0000 >> (32 - UInt32(shared))
        case .v6: return contains(.v6(1))
        }
    }

    /// Whether the range is all addresses of its family.
    package var isEverything: Bool { prefixLength == 0 }

    package var description: String { "\(first)/\(prefixLength)" }
}

extension IPAddress {
    /// How many bits an address of this family has.
    fileprivate var bits: Int {
        switch self {
        case .v4: 32
        case .v6: 128
        }
    }

    /// The address with all bits beyond a prefix cleared.
    fileprivate func prefix(_ length: Int) -> IPAddress {
        switch self {
        case .v4(let number): .v4(length == 0 ? 0 : number & (.max << UInt32(32 - length)))
        case .v6(let number): .v6(length == 0 ? 0 : number & (.max << UInt128(128 - length)))
        }
    }

    /// An IPv4 address that stands in an IPv6 one (`::ffff:0:0/96`) as itself.
    fileprivate var unmapped: IPAddress {
        guard case .v6(let number) = self, number >> 32 == 0xFFFF else { return self }
        return .v4(UInt32(truncatingIfNeeded: number))
    }
}
