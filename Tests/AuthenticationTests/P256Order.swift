/// Arithmetic on signatures of P-256 (FIPS 186-5), for what others would try with them.
enum P256Order {
    /// The order of the curve.
    static let bytes: [UInt8] = [
        0xFF, 0xFF, 0xFF, 0xFF, 0x00, 0x00, 0x00, 0x00, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
        0xBC, 0xE6, 0xFA, 0xAD, 0xA7, 0x17, 0x9E, 0x84, 0xF3, 0xB9, 0xCA, 0xC2, 0xFC, 0x63, 0x25, 0x51,
    ]

    /// The signature with its other `s`, which is as good.
    static func mirrored(_ signature: [UInt8]) -> [UInt8] {
        var (result, borrow) = ([UInt8](), 0)
        for (high, low) in zip(bytes, signature.suffix(32)).reversed() {
            let difference = Int(high) - Int(low) - borrow
            borrow = difference < 0 ? 1 : 0
            result.append(UInt8(truncatingIfNeeded: difference))
        }
        return signature.prefix(32) + result.reversed()
    }

    /// The signature as X.509 writes it: a sequence of two integers.
    static func der(_ signature: [UInt8]) -> [UInt8] {
        let numbers = integer(signature.prefix(32)) + integer(signature.suffix(32))
        return [0x30, UInt8(numbers.count)] + numbers
    }

    private static func integer(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        let trimmed = Array(bytes.drop { $0 == 0 })
        let content = (trimmed.first ?? 0x80) >= 0x80 ? [0] + trimmed : trimmed
        return [0x02, UInt8(content.count)] + content
    }
}
