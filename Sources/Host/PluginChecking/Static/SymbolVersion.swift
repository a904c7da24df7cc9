/// A version of a system library's symbols, such as the 2.34 in `GLIBC_2.34`.
package struct SymbolVersion: Hashable, Sendable, Comparable, CustomStringConvertible {
    private let numbers: [Int]

    package init(_ numbers: [Int]) {
        self.numbers = numbers
    }

    /// Reads numbers with dots between them; nil for anything else.
    package init?(_ text: some StringProtocol) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map { Int($0) }
        let numbers = parts.compactMap(\.self)
        guard numbers.count == parts.count, numbers.allSatisfy({ $0 >= 0 }) else { return nil }
        self.numbers = numbers
    }

    package var description: String { numbers.map(String.init).joined(separator: ".") }

    package static func < (left: SymbolVersion, right: SymbolVersion) -> Bool {
        left.numbers.lexicographicallyPrecedes(right.numbers)
    }
}
