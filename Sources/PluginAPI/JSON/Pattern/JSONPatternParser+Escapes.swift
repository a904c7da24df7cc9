extension JSONPatternParser {
    /// What follows a backslash outside of brackets.
    mutating func escape() throws(JSONPatternError) -> JSONPatternSyntax {
        if take("b") { return .wordBoundary(isNegated: false) }
        if take("B") { return .wordBoundary(isNegated: true) }
        if isNext("k") { throw Self.backreference }
        return .scalars(try escapedClass())
    }

    /// What stands between brackets.
    mutating func bracket() throws(JSONPatternError) -> JSONPatternClass {
        let isNegated = take("^")
        var parts: [JSONPatternClass] = []
        while !take("]") {
            guard next != nil else { throw JSONPatternError(message: "has a bracket without an end") }
            let (low, set) = try bracketAtom()
            guard isNext("-") else {
                parts.append(set)
                continue
            }
            _ = take("-")
            if isNext("]") {
                parts += [set, JSONPatternClass(0x2D)]
                continue
            }
            let (high, _) = try bracketAtom()
            guard let low, let high, low <= high else { throw JSONPatternError(message: "has a malformed range") }
            parts.append(JSONPatternClass(ranges: [low...high]))
        }
        return JSONPatternClass(union: parts, isNegated: isNegated)
    }

    /// One member of a bracket: its code point, when it is one, and the set it stands for.
    private mutating func bracketAtom() throws(JSONPatternError) -> (UInt32?, JSONPatternClass) {
        guard take("\\") else {
            let value = try take()
            return (value, JSONPatternClass(value))
        }
        if take("b") { return (0x08, JSONPatternClass(0x08)) }
        if let next, let set = Self.shorthand(next) {
            _ = try take()
            return (nil, set)
        }
        if isNext("p") || isNext("P") { return (nil, try property()) }
        let value = try character()
        return (value, JSONPatternClass(value))
    }

    private mutating func escapedClass() throws(JSONPatternError) -> JSONPatternClass {
        if let next, let set = Self.shorthand(next) {
            _ = try take()
            return set
        }
        if isNext("p") || isNext("P") { return try property() }
        return JSONPatternClass(try character())
    }

    private static func shorthand(_ letter: UInt32) -> JSONPatternClass? {
        switch Unicode.Scalar(letter) {
        case "d": .digit
        case "D": .digit.inverted
        case "w": .word
        case "W": .word.inverted
        case "s": .space
        case "S": .space.inverted
        default: nil
        }
    }

    private mutating func property() throws(JSONPatternError) -> JSONPatternClass {
        let isNegated = try take() == 0x50
        guard take("{") else { throw JSONPatternError(message: "has a malformed \\p; write \\p{L}") }
        var name = ""
        while !take("}") {
            guard let scalar = Unicode.Scalar(try take()) else { continue }
            name.unicodeScalars.append(scalar)
        }
        if name == "Any" || name == "ASCII" {
            return JSONPatternClass(ranges: [0...(name == "Any" ? 0x10FFFF : 0x7F)], isNegated: isNegated)
        }
        guard let bits = JSONPatternCategory.bits(named: name) else {
            throw JSONPatternError(message: "names a Unicode property that is not supported; general categories are")
        }
        return JSONPatternClass(categories: isNegated ? ~bits & (1 << 30 - 1) : bits)
    }

    /// A single code point after a backslash.
    private mutating func character() throws(JSONPatternError) -> UInt32 {
        let letter = try take()
        switch Unicode.Scalar(letter) {
        case "t": return 0x09
        case "n": return 0x0A
        case "v": return 0x0B
        case "f": return 0x0C
        case "r": return 0x0D
        case "0": return 0x00
        case "c": return try take() & 0x1F
        case "x": return try hexadecimal(2)
        case "u": return try unicode()
        case "1", "2", "3", "4", "5", "6", "7", "8", "9": throw Self.backreference
        case let scalar? where scalar.isASCII && !scalar.properties.isAlphabetic: return letter
        default: throw JSONPatternError(message: "has an escape that does not exist")
        }
    }

    private mutating func unicode() throws(JSONPatternError) -> UInt32 {
        if take("{") {
            var value: UInt32 = 0
            while !take("}") {
                value = value << 4 | (try digit())
                guard value <= 0x10FFFF else { throw Self.malformed }
            }
            return value
        }
        let high = try hexadecimal(4)
        guard (0xD800...0xDBFF).contains(high) else { return high }
        guard take("\\"), take("u") else { throw Self.malformed }
        let low = try hexadecimal(4)
        guard (0xDC00...0xDFFF).contains(low) else { throw Self.malformed }
        return 0x10000 + (high - 0xD800) << 10 + (low - 0xDC00)
    }

    private mutating func hexadecimal(_ count: Int) throws(JSONPatternError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<count {
            value = value << 4 | (try digit())
        }
        return value
    }

    private mutating func digit() throws(JSONPatternError) -> UInt32 {
        let value = try take()
        guard value < 0x80, let digit = JSONScanner.hexadecimalDigit(UInt8(value)) else { throw Self.malformed }
        return digit
    }

    private static let malformed = JSONPatternError(message: "has a malformed escape")
    private static let backreference = JSONPatternError(message: "uses a backreference, which is not supported")
}
