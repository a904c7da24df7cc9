/// Which of an object's known names were met.
struct JSONSchemaSeen {
    private var first: UInt64 = 0
    private var rest: Set<Int> = []

    mutating func insert(_ position: Int) {
        if position < 64 { first |= 1 << UInt64(position) } else { rest.insert(position) }
    }

    func contains(_ position: Int) -> Bool {
        position < 64 ? first >> UInt64(position) & 1 == 1 : rest.contains(position)
    }
}
