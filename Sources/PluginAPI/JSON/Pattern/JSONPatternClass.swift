/// A set of Unicode code points, one of which a step of a pattern consumes.
struct JSONPatternClass {
    /// Closed ranges of code points.
    private var ranges: [ClosedRange<UInt32>] = []
    /// General categories (Unicode standard, table 4-4), one bit each.
    private var categories: UInt32 = 0
    private var isNegated = false
    /// Whether each of the first 128 code points is in the set, everything considered.
    private var ascii: (UInt64, UInt64) = (0, 0)

    init(ranges: [ClosedRange<UInt32>] = [], categories: UInt32 = 0, isNegated: Bool = false) {
        self.ranges = ranges
        self.categories = categories
        self.isNegated = isNegated
        for value in UInt32(0)..<128 where computed(value) {
            if value < 64 { ascii.0 |= 1 << UInt64(value) } else { ascii.1 |= 1 << UInt64(value - 64) }
        }
    }

    /// The set of one code point.
    init(_ value: UInt32) {
        self.init(ranges: [value...value])
    }

    /// What is in one of the sets, or with `isNegated` in none of them.
    init(union parts: [JSONPatternClass], isNegated: Bool) {
        self.init(
            ranges: parts.flatMap(\.positiveRanges),
            categories: parts.reduce(0) { $0 | $1.positiveCategories },
            isNegated: isNegated
        )
    }

    private var positiveRanges: [ClosedRange<UInt32>] {
        guard isNegated, categories == 0 else { return isNegated ? [] : ranges }
        var result: [ClosedRange<UInt32>] = []
        var next: UInt32 = 0
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if range.lowerBound > next { result.append(next...range.lowerBound - 1) }
            next = max(next, range.upperBound + 1)
        }
        if next <= 0x10FFFF { result.append(next...0x10FFFF) }
        return result
    }

    private var positiveCategories: UInt32 {
        isNegated && categories != 0 ? ~categories & (1 << 30 - 1) : categories
    }

    func contains(_ value: UInt32) -> Bool {
        if value < 64 { return ascii.0 >> UInt64(value) & 1 == 1 }
        if value < 128 { return ascii.1 >> UInt64(value - 64) & 1 == 1 }
        return computed(value)
    }

    private func computed(_ value: UInt32) -> Bool {
        var isInside = ranges.contains { $0.contains(value) }
        if !isInside, categories != 0, let scalar = Unicode.Scalar(value) {
            isInside = categories & JSONPatternCategory.bit(of: scalar.properties.generalCategory) != 0
        }
        return isInside != isNegated
    }

    /// What `\d` stands for.
    static let digit = JSONPatternClass(ranges: [0x30...0x39])
    /// What `\w` stands for.
    static let word = JSONPatternClass(ranges: [0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A])
    /// What `\s` stands for: white space and line ends (ECMA-262, 22.2.2.9 and 12.2).
    static let space = JSONPatternClass(ranges: [
        0x09...0x0D, 0x20...0x20, 0xA0...0xA0, 0x1680...0x1680, 0x2000...0x200A, 0x2028...0x2029, 0x202F...0x202F,
        0x205F...0x205F, 0x3000...0x3000, 0xFEFF...0xFEFF,
    ])
    /// What `.` stands for: everything but line ends.
    static let dot = JSONPatternClass(ranges: [0x0A...0x0A, 0x0D...0x0D, 0x2028...0x2029], isNegated: true)

    /// Everything that is not in this set, which has either ranges or categories.
    var inverted: JSONPatternClass {
        JSONPatternClass(ranges: ranges, categories: categories, isNegated: !isNegated)
    }
}
