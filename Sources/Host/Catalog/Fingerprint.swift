/// Tells contents apart (FNV-1a, 64 bits).
///
/// Not a secret and no protection: two contents may be made to agree.
struct Fingerprint {
    private static let offset: UInt64 = 0xCBF2_9CE4_8422_2325
    private static let prime: UInt64 = 0x0000_0100_0000_01B3

    private(set) var value = Self.offset

    /// Takes in bytes, and that they end here.
    mutating func add(_ bytes: some Sequence<UInt8>) {
        for byte in bytes { mix(byte) }
        mix(0xFF)
    }

    /// The fingerprint of a sequence of contents, by theirs.
    static func combined(_ values: [UInt64]) -> UInt64 {
        var fingerprint = Fingerprint()
        for value in values {
            for shift in stride(from: UInt64(0), to: 64, by: 8) {
                fingerprint.mix(UInt8(truncatingIfNeeded: value >> shift))
            }
        }
        return fingerprint.value
    }

    private mutating func mix(_ byte: UInt8) {
        value = (value ^ UInt64(byte)) &* Self.prime
    }
}
