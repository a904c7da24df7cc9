package import JSON

/// Reads TOML 1.0 into JSON; dates and times become texts, as they are written.
package struct TOMLReader {
    private static let deepest = 16
    /// Tables and keys of a document: a file is anybody's, and takes no long time to read.
    private static let mostEntries = 2000

    var scanner: TOMLScanner
    private var depth = 0

    /// Reads a document.
    /// - Throws: `TOMLFault` at the first thing that is not TOML, or is said twice.
    package static func read(_ text: String) throws(TOMLFault) -> JSONObject {
        var reader = TOMLReader(scanner: TOMLScanner(text))
        return try reader.document()
    }

    private init(scanner: TOMLScanner) {
        self.scanner = scanner
    }

    private mutating func document() throws(TOMLFault) -> JSONObject {
        var root = TOMLTable(.header)
        var path: [String] = []
        var entries = 0
        while true {
            try scanner.skipBlankLines()
            guard scanner.byte != nil else { return root.object }
            entries += 1
            guard entries <= Self.mostEntries else {
                throw scanner.fault("there are more than \(Self.mostEntries) tables and keys")
            }
            if scanner.take("[[") {
                path = try key()
                try expect("]]")
                guard root.append(path) else { throw scanner.fault("\(Self.shown(path)) is something else already") }
            } else if scanner.take("[") {
                path = try key()
                try expect("]")
                guard root.begin(path) else { throw scanner.fault("\(Self.shown(path)) is there already") }
            } else {
                let name = try key()
                try expect("=")
                let value = try value()
                guard root.change(path[...], { $0.set(name[...], to: value) }) else {
                    throw scanner.fault("\(Self.shown(name)) is there already")
                }
            }
            try scanner.endLine()
        }
    }

    private static func shown(_ path: [String]) -> String { path.joined(separator: ".") }

    private mutating func expect(_ text: StaticString) throws(TOMLFault) {
        scanner.skipSpaces()
        guard scanner.take(text) else { throw scanner.fault("\(text) is missing") }
        scanner.skipSpaces()
    }

    /// A key with its dots.
    private mutating func key() throws(TOMLFault) -> [String] {
        var names: [String] = []
        repeat {
            scanner.skipSpaces()
            switch scanner.byte {
            case UInt8(ascii: "\""): names.append(try scanner.basicString())
            case UInt8(ascii: "'"): names.append(try scanner.literalString())
            default:
                let name = scanner.word { TOMLScanner.isOfBareKey($0) }
                guard !name.isEmpty else { throw scanner.fault("a key is missing") }
                names.append(name)
            }
            guard names.count <= Self.deepest else { throw scanner.fault("the key has too many parts") }
            scanner.skipSpaces()
        } while scanner.take(".")
        return names
    }

    private mutating func value() throws(TOMLFault) -> JSONValue {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.deepest else { throw scanner.fault("values lie too deep") }
        switch scanner.byte {
        case UInt8(ascii: "\""):
            return .string(try scanner.take("\"\"\"") ? scanner.longBasicString() : scanner.basicString())
        case UInt8(ascii: "'"):
            return .string(try scanner.take("'''") ? scanner.longLiteralString() : scanner.literalString())
        case UInt8(ascii: "["): return try array()
        case UInt8(ascii: "{"): return try inlineTable()
        default: return try TOMLScalar.read(&scanner)
        }
    }

    private mutating func array() throws(TOMLFault) -> JSONValue {
        _ = scanner.take("[")
        var values: [JSONValue] = []
        while true {
            try scanner.skipBlankLines()
            if scanner.take("]") { return .array(values) }
            values.append(try value())
            try scanner.skipBlankLines()
            if scanner.take(",") { continue }
            guard scanner.take("]") else { throw scanner.fault("a comma or ] is missing") }
            return .array(values)
        }
    }

    private mutating func inlineTable() throws(TOMLFault) -> JSONValue {
        _ = scanner.take("{")
        var table = TOMLTable(.inline)
        scanner.skipSpaces()
        if scanner.take("}") { return .object(table.object) }
        while true {
            let name = try key()
            try expect("=")
            let value = try value()
            guard table.set(name[...], to: value) else { throw scanner.fault("\(Self.shown(name)) is there already") }
            scanner.skipSpaces()
            if scanner.take(",") { continue }
            guard scanner.take("}") else { throw scanner.fault("a comma or } is missing") }
            return .object(table.object)
        }
    }
}
