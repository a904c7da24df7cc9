package import GatewayCore

/// Decides whether an address is on the public internet (IANA special-purpose registries, RFC 6890).
///
/// Addresses that carry another one inside (mapped, 6to4, NAT64, Teredo) are refused whole: no public service
/// needs them, and what they lead to depends on translators nobody here controls.
package enum AddressCheck {
    /// Whether connections to origins that must be public may go there.
    package static func isPublic(_ address: IPAddress) -> Bool {
        switch address {
        case .v4(let number): !specialIPv4.contains { number >> (32 - $0.length) == $0.prefix >> (32 - $0.length) }
        case .v6(let number): isPublicIPv6(number)
        }
    }

    private static let specialIPv4: [(prefix: UInt32, length: UInt32)] = [
        (0x0000_0000, 8),  // 0.0.0.0/8, this network
        (0x0A00_0000, 8),  // 10.0.0.0/8, private
        (0x6440_0000, 10),  // 100.64.0.0/10, shared by carriers
        (0x7F00_0000, 8),  // 127.0.0.0/8, loopback
        (0xA9FE_0000, 16),  // 169.254.0.0/16, link-local, clouds' metadata
        (0xAC10_0000, 12),  // 172.16.0.0/12, private
        (0xC000_0000, 24),  // 192.0.0.0/24, protocol assignments
        (0xC000_0200, 24),  // 192.0.2.0/24, documentation
        (0xC058_6300, 24),  // 192.88.99.0/24, 6to4 relays
        (0xC0A8_0000, 16),  // 192.168.0.0/16, private
        (0xC612_0000, 15),  // 198.18.0.0/15, benchmarks
        (0xC633_6400, 24),  // 198.51.100.0/24, documentation
        (0xCB00_7100, 24),  // 203.0.113.0/24, documentation
        (0xE000_0000, 4),  // 224.0.0.0/4, multicast
        (0xF000_0000, 4),  // 240.0.0.0/4, reserved, and broadcast
    ]

    /// Only 2000::/3 is given out as global unicast; inside it some blocks are special.
    ///
    /// Loopback, unspecified, mapped, NAT64 (64:ff9b::/96 and 64:ff9b:1::/48), unique local, link-local, site-local
    /// and multicast lie outside 2000::/3.
    private static func isPublicIPv6(_ number: UInt128) -> Bool {
        guard number >> 125 == 0b001 else { return false }
        return !specialIPv6.contains { number >> (128 - $0.length) == $0.prefix }
    }

    /// The leading bits of each block, and how many they are.
    private static let specialIPv6: [(prefix: UInt128, length: UInt128)] = [
        (0x2001_0000 >> 9, 23),  // 2001::/23, protocol assignments, with Teredo (2001::/32)
        (0x2001_0DB8, 32),  // 2001:db8::/32, documentation
        (0x2002, 16),  // 2002::/16, 6to4
        (0x3FFF_0000 >> 12, 20),  // 3fff::/20, documentation
    ]
}
