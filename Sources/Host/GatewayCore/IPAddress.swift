import Glibc

/// An internet address, compared as a number, whatever its spelling was.
package enum IPAddress: Hashable, Sendable, CustomStringConvertible {
    case v4(UInt32)
    case v6(UInt128)

    /// Reads four decimal numbers or an IPv6 address without brackets or zone; anything looser is refused.
    package init?(_ text: String) {
        guard text.utf8.allSatisfy({ $0 != 0 }) else { return nil }
        var bytes = [UInt8](repeating: 0, count: 16)
        if unsafe inet_pton(AF_INET, text, &bytes) == 1 {
            self.init(networkOrder: bytes.prefix(4))
        } else if unsafe inet_pton(AF_INET6, text, &bytes) == 1 {
            self.init(networkOrder: bytes[...])
        } else {
            return nil
        }
    }

    /// Takes the 4 or 16 bytes of an address in network order; nil for another number of bytes.
    package init?(networkOrder bytes: ArraySlice<UInt8>) {
        switch bytes.count {
        case 4: self = .v4(bytes.reduce(0) { $0 << 8 | UInt32($1) })
        case 16: self = .v6(bytes.reduce(0) { $0 << 8 | UInt128($1) })
        default: return nil
        }
    }

    /// The address as RFC 5952 writes it, IPv6 without brackets.
    package var description: String {
        let family: Int32
        let bytes: [UInt8]
        switch self {
        case .v4(let number):
            family = AF_INET
            bytes = (0..<4).map { UInt8(truncatingIfNeeded: number >> (24 - 8 * UInt32($0))) }
        case .v6(let number):
            family = AF_INET6
            bytes = (0..<16).map { UInt8(truncatingIfNeeded: number >> (120 - 8 * UInt128($0))) }
        }
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        unsafe inet_ntop(family, bytes, &text, socklen_t(INET6_ADDRSTRLEN))
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
