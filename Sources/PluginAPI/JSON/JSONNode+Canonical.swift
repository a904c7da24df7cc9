extension JSONNode {
    /// A number in one form for all its literals: `100`, `1e2` and `100.0` are `100`; nil for anything else.
    ///
    /// Without an exponent as long as that takes no more than twenty zeros.
    package var canonicalNumber: String? {
        kind == .number ? decimal.text : nil
    }
}

extension JSONDecimal {
    private static let mostZeros = 20

    fileprivate var text: String {
        guard !digits.isEmpty else { return "0" }
        let sign = isNegative ? "-" : ""
        let plain = String(decoding: digits.map { $0 + UInt8(ascii: "0") }, as: UTF8.self)
        if (0...Self.mostZeros).contains(exponent) {
            return sign + plain + String(repeating: "0", count: exponent)
        }
        let whole = digits.count + exponent
        if exponent < 0, whole > 0 {
            return sign + plain.prefix(whole) + "." + plain.dropFirst(whole)
        }
        if exponent < 0, whole > -Self.mostZeros {
            return sign + "0." + String(repeating: "0", count: -whole) + plain
        }
        return "\(sign)\(plain)e\(exponent)"
    }
}
