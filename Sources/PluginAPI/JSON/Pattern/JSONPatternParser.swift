/// Reads the part of ECMA-262 regular expressions that can be matched in linear time.
struct JSONPatternParser {
    /// Groups inside groups, so that a pattern cannot exhaust the stack.
    private static let depthLimit = 32

    private let scalars: [UInt32]
    private var cursor = 0
    private var depth = 0

    /// Reads a whole pattern.
    static func parse(_ pattern: String) throws(JSONPatternError) -> JSONPatternSyntax {
        var parser = JSONPatternParser(scalars: pattern.unicodeScalars.map(\.value))
        let syntax = try parser.alternatives()
        guard parser.cursor == parser.scalars.count else { throw JSONPatternError(message: "has a \")\" too many") }
        return syntax
    }

    private init(scalars: [UInt32]) {
        self.scalars = scalars
    }

    var next: UInt32? { cursor < scalars.count ? scalars[cursor] : nil }

    func isNext(_ character: Unicode.Scalar) -> Bool { next == character.value }

    mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard isNext(character) else { return false }
        cursor += 1
        return true
    }

    mutating func take() throws(JSONPatternError) -> UInt32 {
        guard let value = next else { throw JSONPatternError(message: "ends too early") }
        cursor += 1
        return value
    }

    private mutating func alternatives() throws(JSONPatternError) -> JSONPatternSyntax {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.depthLimit else { throw JSONPatternError(message: "nests groups too deeply") }
        var branches = [try sequence()]
        while take("|") {
            branches.append(try sequence())
        }
        return branches.count == 1 ? branches[0] : .alternatives(branches)
    }

    private mutating func sequence() throws(JSONPatternError) -> JSONPatternSyntax {
        var parts: [JSONPatternSyntax] = []
        while next != nil, !isNext("|"), !isNext(")") {
            parts.append(try quantified())
        }
        return .sequence(parts)
    }

    private mutating func quantified() throws(JSONPatternError) -> JSONPatternSyntax {
        let atom = try atom()
        let bounds: (least: Int, most: Int?)
        if take("*") {
            bounds = (0, nil)
        } else if take("+") {
            bounds = (1, nil)
        } else if take("?") {
            bounds = (0, 1)
        } else if take("{") {
            bounds = try counts()
        } else {
            return atom
        }
        // Whether a repetition is greedy changes what is captured, not whether there is a match.
        _ = take("?")
        if let next, ["*", "+", "?", "{"].contains(where: { (mark: Unicode.Scalar) in mark.value == next }) {
            throw JSONPatternError(message: "repeats a repetition; put it into a group")
        }
        switch atom {
        case .start, .end, .wordBoundary: throw JSONPatternError(message: "repeats an assertion")
        default: return .repeated(atom, least: bounds.least, most: bounds.most)
        }
    }

    private mutating func counts() throws(JSONPatternError) -> (least: Int, most: Int?) {
        let fault = JSONPatternError(message: "has a malformed repetition; write {2}, {2,} or {2,5}")
        guard let least = number() else { throw fault }
        if take("}") { return (least, least) }
        guard take(",") else { throw fault }
        if take("}") { return (least, nil) }
        guard let most = number(), most >= least, take("}") else { throw fault }
        return (least, most)
    }

    private mutating func number() -> Int? {
        var value: Int?
        while let next, (0x30...0x39).contains(next) {
            value = min(1 << 20, (value ?? 0) * 10 + Int(next - 0x30))
            cursor += 1
        }
        return value
    }

    private mutating func atom() throws(JSONPatternError) -> JSONPatternSyntax {
        let first = try take()
        switch Unicode.Scalar(first) {
        case "^": return .start
        case "$": return .end
        case ".": return .scalars(.dot)
        case "(": return try group()
        case "[": return .scalars(try bracket())
        case "\\": return try escape()
        case "*", "+", "?", "{": throw JSONPatternError(message: "repeats nothing")
        case "}", "]": throw JSONPatternError(message: "has a lone bracket; escape it with a backslash")
        default: return .scalars(JSONPatternClass(first))
        }
    }

    private mutating func group() throws(JSONPatternError) -> JSONPatternSyntax {
        if take("?") {
            if take("<") {
                guard !isNext("="), !isNext("!") else { throw Self.lookaround }
                while !take(">") { _ = try take() }
            } else {
                guard take(":") else { throw Self.lookaround }
            }
        }
        let inside = try alternatives()
        guard take(")") else { throw JSONPatternError(message: "has a group without an end") }
        return inside
    }

    private static let lookaround = JSONPatternError(message: "uses lookaround, which is not supported")
}
