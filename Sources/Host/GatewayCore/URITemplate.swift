/// A URI template (RFC 6570) as far as resources need it: literals and expressions of one variable each.
///
/// `{name}` stands for one or more characters but `/`, `?` and `#`; `{+name}` for one or more of any kind. Two
/// expressions have something literal between them, so that a URI is taken apart in one way and in one pass.
package struct URITemplate: Hashable, Sendable {
    /// Why a template is not usable.
    package enum Fault: Error, Hashable, Sendable {
        /// A brace that opens or closes nothing.
        case brace
        /// An expression that is empty, has several variables, or an operator or modifier that is not supported.
        case expression(String)
        /// Two expressions without a literal between them.
        case adjacent
        /// A variable that occurs twice.
        case repeated(String)
    }

    private enum Part: Hashable, Sendable {
        case literal([UInt8])
        case variable(String, isReserved: Bool)
    }

    private let parts: [Part]

    /// The names of the variables, in order.
    package var variables: [String] {
        parts.compactMap { if case .variable(let name, _) = $0 { name } else { nil } }
    }

    /// Reads a template.
    package init(_ text: String) throws(Fault) {
        var parts: [Part] = []
        var rest = Array(text.utf8)[...]
        var names: Set<String> = []
        while let next = rest.first {
            guard next == UInt8(ascii: "{") else {
                let literal = rest.prefix { $0 != UInt8(ascii: "{") }
                guard !literal.contains(UInt8(ascii: "}")) else { throw .brace }
                parts.append(.literal(Array(literal)))
                rest = rest[literal.endIndex...]
                continue
            }
            guard let end = rest.firstIndex(of: UInt8(ascii: "}")) else { throw .brace }
            if case .variable = parts.last { throw .adjacent }
            let part = try Self.variable(rest[(rest.startIndex + 1)..<end])
            if case .variable(let name, _) = part, !names.insert(name).inserted { throw .repeated(name) }
            parts.append(part)
            rest = rest[(end + 1)...]
        }
        self.parts = parts
    }

    private static func variable(_ expression: ArraySlice<UInt8>) throws(Fault) -> Part {
        let isReserved = expression.first == UInt8(ascii: "+")
        let name = isReserved ? expression.dropFirst() : expression
        guard !name.isEmpty, name.count <= 64, name.allSatisfy(isNameByte) else {
            throw .expression(String(decoding: expression, as: UTF8.self))
        }
        return .variable(String(decoding: name, as: UTF8.self), isReserved: isReserved)
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
            || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "_")
    }

    /// The URI with these values, as they stand there; a variable without one is left out.
    package func expanded(_ values: [String: String]) -> String {
        let bytes = parts.flatMap { part -> [UInt8] in
            switch part {
            case .literal(let literal): literal
            case .variable(let name, _): Array((values[name] ?? "").utf8)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The values of the variables in a URI, as they stand there; nil when the URI does not fit.
    ///
    /// Each variable ends where the literal after it first begins. Linear in the URI for each part.
    package func match(_ uri: String) -> [String: String]? {
        var values: [String: String] = [:]
        var rest = Array(uri.utf8)[...]
        for (position, part) in parts.enumerated() {
            switch part {
            case .literal(let literal):
                guard rest.starts(with: literal) else { return nil }
                rest = rest.dropFirst(literal.count)
            case .variable(let name, let isReserved):
                let end: Int
                if position + 1 < parts.count, case .literal(let next) = parts[position + 1] {
                    guard let found = rest.dropFirst().firstRange(of: next) else { return nil }
                    end = found.lowerBound
                } else {
                    end = rest.endIndex
                }
                let value = rest[..<end]
                guard !value.isEmpty, isReserved || !value.contains(where: Self.isDelimiter) else { return nil }
                values[name] = String(decoding: value, as: UTF8.self)
                rest = rest[end...]
            }
        }
        return rest.isEmpty ? values : nil
    }

    private static func isDelimiter(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "/") || byte == UInt8(ascii: "?") || byte == UInt8(ascii: "#")
    }
}
