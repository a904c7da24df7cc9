/// How many lines a worker may write to the log in a second.
package struct LineLimit: Sendable {
    private let perSecond: Int
    private var second: Int64 = .min
    private var written = 0
    private var suppressed = 0

    package init(perSecond: Int) {
        self.perSecond = perSecond
    }

    /// What is done with a line.
    package enum Verdict: Hashable, Sendable {
        /// Written; before it, how many were not since the last one that was.
        case write(suppressed: Int)
        case suppress
    }

    /// Takes a line at a moment in nanoseconds.
    package mutating func take(at now: Int64) -> Verdict {
        if now / 1_000_000_000 != second {
            second = now / 1_000_000_000
            written = 0
        }
        guard written < perSecond else {
            suppressed += 1
            return .suppress
        }
        written += 1
        defer { suppressed = 0 }
        return .write(suppressed: suppressed)
    }
}
