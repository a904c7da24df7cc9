/// A reproducible source of pseudo-random numbers (SplitMix64), one stream for each purpose.
///
/// Streams are independent, so that a change to one table leaves the others as they were. The standard library's
/// `random(in:using:)` is not used: its mapping to a range may change from one version to the next.
package struct SampleRandom {
    private var state: UInt64

    /// A stream of the given seed.
    package init(seed: UInt64, stream: String) {
        // FNV-1a of the name, mixed into the seed.
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in stream.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
        state = seed ^ hash
    }

    package mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }

    /// From 0 to `bound` - 1; 0 when `bound` is not positive.
    package mutating func below(_ bound: Int) -> Int {
        guard bound > 0 else { return 0 }
        return Int(next().multipliedFullWidth(by: UInt64(bound)).high)
    }

    /// From `low` to `high`, both possible; `low` when `high` is smaller.
    package mutating func between(_ low: Int, _ high: Int) -> Int {
        low + below(high - low + 1)
    }

    /// True in so many of a hundred cases.
    package mutating func chance(percent: Int) -> Bool {
        below(100) < percent
    }

    /// One of the choices, each as likely as its weight says.
    package mutating func pick<Choice>(_ first: (Choice, Int), _ rest: (Choice, Int)...) -> Choice {
        pick(first, among: rest)
    }

    /// One of the elements, all equally likely; `fallback` when there are none.
    package mutating func element<Element>(of elements: [Element], or fallback: Element) -> Element {
        elements.isEmpty ? fallback : elements[below(elements.count)]
    }

    /// One of the choices, each as likely as its weight says.
    package mutating func pick<Choice>(_ first: (Choice, Int), among rest: [(Choice, Int)]) -> Choice {
        var ticket = below(rest.reduce(first.1) { $0 + $1.1 }) - first.1
        guard ticket >= 0 else { return first.0 }
        for (choice, weight) in rest {
            ticket -= weight
            if ticket < 0 { return choice }
        }
        return rest.last?.0 ?? first.0
    }

    /// A random UUID (RFC 9562 version 4) in lower case.
    package mutating func uuid() -> String {
        let digits = Array("0123456789abcdef".utf8)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(36)
        let high = (next() & ~0xf000) | 0x4000
        let low = (next() & ~(0xc0 << 56)) | (0x80 << 56)
        for (half, word) in [high, low].enumerated() {
            for nibble in 0..<16 {
                let position = half * 16 + nibble
                if position == 8 || position == 12 || position == 16 || position == 20 {
                    bytes.append(UInt8(ascii: "-"))
                }
                bytes.append(digits[Int(truncatingIfNeeded: word >> UInt64(60 - 4 * nibble)) & 15])
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// So many lower-case hexadecimal digits.
    package mutating func hexadecimal(_ count: Int) -> String {
        var text = ""
        while text.utf8.count < count { text += String(next(), radix: 16) }
        return String(text.prefix(count))
    }
}
