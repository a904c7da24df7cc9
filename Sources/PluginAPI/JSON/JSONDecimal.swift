/// A number exactly as its literal says, in one canonical form: sign, digits without zeros at either end, exponent.
///
/// Two literals are the same number when their forms are equal: `100`, `1e2` and `100.0` are.
struct JSONDecimal: Hashable, Sendable {
    /// Exponents beyond this are cut: such numbers only need to stay beyond every other one.
    private static let exponentLimit = 1 << 40

    private(set) var isNegative = false
    /// Values 0 to 9, the most significant first; empty for zero.
    private(set) var digits: [UInt8] = []
    /// The power of ten of the last digit.
    private(set) var exponent = 0

    init(_ entry: JSONTape.Entry, in text: Span<UInt8>) {
        self.init(text.extracting(Int(entry.start)..<Int(entry.end)))
    }

    /// Reads a literal as JSON or Swift's own description writes it; anything that is no digit ends the number.
    init(_ literal: String) {
        self.init(literal.utf8.span)
    }

    private init(_ text: Span<UInt8>) {
        var cursor = 0
        if cursor < text.count, text[cursor] == UInt8(ascii: "-") {
            isNegative = true
            cursor += 1
        }
        var isFraction = false
        while cursor < text.count {
            let byte = text[cursor]
            if byte == UInt8(ascii: ".") {
                isFraction = true
            } else if (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
                if byte != UInt8(ascii: "0") || !digits.isEmpty { digits.append(byte - UInt8(ascii: "0")) }
                if isFraction { exponent -= 1 }
            } else {
                break
            }
            cursor += 1
        }
        if cursor < text.count { exponent += Self.exponent(text, after: cursor) }
        normalize()
    }

    private static func exponent(_ text: Span<UInt8>, after marker: Int) -> Int {
        var cursor = marker + 1
        var isNegative = false
        var value = 0
        while cursor < text.count {
            switch text[cursor] {
            case UInt8(ascii: "-"): isNegative = true
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                value = min(exponentLimit, value * 10 + Int(text[cursor] - UInt8(ascii: "0")))
            default: break
            }
            cursor += 1
        }
        return isNegative ? -value : value
    }

    private mutating func normalize() {
        while digits.last == 0 {
            digits.removeLast()
            exponent += 1
        }
        if digits.isEmpty {
            isNegative = false
            exponent = 0
        }
    }

    /// Whether there is no fraction.
    var isInteger: Bool { exponent >= 0 }

    /// The integer, when there is no fraction and it fits.
    func integer<Integer: FixedWidthInteger>() -> Integer? {
        guard isInteger, exponent <= Integer.bitWidth else { return nil }
        var value: Integer = 0
        for position in 0..<digits.count + exponent {
            let digit = Integer(truncatingIfNeeded: position < digits.count ? digits[position] : 0)
            let (shifted, overflows) = value.multipliedReportingOverflow(by: 10)
            let (sum, carries) =
                isNegative ? shifted.subtractingReportingOverflow(digit) : shifted.addingReportingOverflow(digit)
            guard !overflows, !carries else { return nil }
            value = sum
        }
        return value
    }
}

extension JSONDecimal: Comparable {
    static func < (left: JSONDecimal, right: JSONDecimal) -> Bool {
        guard left.isNegative == right.isNegative else { return left.isNegative }
        return left.isNegative ? right.isSmaller(than: left) : left.isSmaller(than: right)
    }

    /// Compares without the signs.
    private func isSmaller(than other: JSONDecimal) -> Bool {
        guard !digits.isEmpty, !other.digits.isEmpty else { return digits.count < other.digits.count }
        let (magnitude, otherMagnitude) = (digits.count + exponent, other.digits.count + other.exponent)
        guard magnitude == otherMagnitude else { return magnitude < otherMagnitude }
        return digits.lexicographicallyPrecedes(other.digits)
    }
}

extension JSONDecimal {
    /// Whether this is a whole number of times a divisor, which is positive.
    ///
    /// Exact for any length: digits are reduced one after the other, powers of ten by repeated squaring.
    func isMultiple(of divisor: JSONDecimal) -> Bool {
        guard !digits.isEmpty else { return true }
        // The last digit here is not zero, so nothing with more decimal places can be divided by fewer.
        guard exponent >= divisor.exponent, let modulus = divisor.coefficient else { return false }
        var remainder: UInt64 = 0
        for digit in digits {
            remainder = Self.product(remainder, 10, modulo: modulus)
            remainder = UInt64((UInt128(remainder) + UInt128(digit)) % UInt128(modulus))
        }
        var (power, base) = (exponent - divisor.exponent, 10 % modulus)
        while power > 0 {
            if power & 1 == 1 { remainder = Self.product(remainder, base, modulo: modulus) }
            base = Self.product(base, base, modulo: modulus)
            power >>= 1
        }
        return remainder == 0
    }

    /// The digits as one number, when there are few enough.
    var coefficient: UInt64? {
        guard digits.count <= 19 else { return nil }
        return digits.reduce(0) { $0 * 10 + UInt64($1) }
    }

    private static func product(_ left: UInt64, _ right: UInt64, modulo modulus: UInt64) -> UInt64 {
        let product = left.multipliedFullWidth(by: right)
        return modulus.dividingFullWidth(product).remainder
    }
}
