/// Looks at a statement before it is sent to a source that may only be read.
///
/// The first wall, with clear words for authors of plugins; the real one is the database's own (a role that may only
/// select, a file opened for reading).
enum StatementGuard {
    /// - Throws: Unless the text is one statement that begins with SELECT, WITH or VALUES, holds no INSERT, UPDATE,
    ///   DELETE or MERGE where a statement can begin, no INTO and no locking clause.
    static func check(_ statement: String) throws(StatementRefusal) {
        guard !statement.utf8.contains(0) else { throw .unprintable }
        var scanner = StatementScanner(statement)
        var previous: StatementToken?
        var hasEnded = false
        while let token = try scanner.next() {
            if token == .symbol(UInt8(ascii: ";")) {
                // Semicolons may follow the statement, nothing else.
                if previous != nil { hasEnded = true }
                continue
            }
            guard !hasEnded else { throw .severalStatements }
            if isBeginning(previous) {
                try checkFirst(token)
            } else {
                try check(token, after: previous)
            }
            previous = token == Self.opening && isBeginning(previous) ? Self.leading : token
        }
        guard let previous else { throw .empty }
        guard previous != Self.leading else { throw .notReading("(") }
    }

    private static let opening = StatementToken.symbol(UInt8(ascii: "("))
    private static let closing = StatementToken.symbol(UInt8(ascii: ")"))
    /// Stands for parentheses before the first word, as in `(SELECT 1) UNION (SELECT 2)`.
    private static let leading = StatementToken.symbol(0)

    private static func isBeginning(_ previous: StatementToken?) -> Bool {
        previous == nil || previous == leading
    }

    private static func checkFirst(_ token: StatementToken) throws(StatementRefusal) {
        switch token {
        case opening, .word("SELECT"), .word("WITH"), .word("VALUES"): return
        case .word(let word): throw .notReading(String(word.prefix(32)))
        case .operand, .symbol: throw .notReading("Anything but a keyword at the beginning")
        }
    }

    private static func check(_ token: StatementToken, after previous: StatementToken?) throws(StatementRefusal) {
        guard case .word(let word) = token else { return }
        switch word {
        case "INTO": throw .notReading(word)
        case "INSERT", "UPDATE", "DELETE", "MERGE":
            // Where a statement can begin inside another: in parentheses, and after those of WITH.
            if previous == opening || previous == closing { throw .notReading(word) }
        default: break
        }
        if previous == .word("FOR"), ["UPDATE", "SHARE", "NO", "KEY"].contains(word) {
            throw .notReading("FOR \(word)")
        }
    }
}
