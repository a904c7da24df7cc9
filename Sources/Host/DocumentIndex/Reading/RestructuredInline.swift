/// Takes the marks out of a line of reStructuredText and leaves its words.
enum RestructuredInline {
    static func plain(_ line: String) -> String {
        guard line.utf8.contains(UInt8(ascii: "`")) else { return line }
        var result = ""
        var rest = line[...]
        while let start = rest.firstIndex(of: "`") {
            let marks = rest[start...].prefix { $0 == "`" }
            let isLiteral = marks.count > 1
            let content = rest[marks.endIndex...]
            guard let end = isLiteral ? content.firstRange(of: "``") : mark(in: content) else {
                result += rest
                return result
            }
            result += withoutRole(rest[..<start])
            let inner = content[..<end.lowerBound]
            result += isLiteral ? String(inner) : words(of: inner)
            rest = content[end.upperBound...]
            // The reference after `text <address>`_.
            if !isLiteral { rest = rest.drop { $0 == "_" } }
        }
        return result + rest
    }

    private static func mark(in text: Substring) -> Range<Substring.Index>? {
        text.firstIndex(of: "`").map { $0..<text.index(after: $0) }
    }

    /// Without `:role:` at its end.
    private static func withoutRole(_ text: Substring) -> Substring {
        guard text.last == ":" else { return text }
        let name = text.dropLast().reversed().prefix { $0.isLetter || $0 == "-" || $0 == ":" || $0 == "+" }
        guard let first = name.last, first == ":", name.count > 1 else { return text }
        return text.dropLast(name.count + 1)
    }

    /// `text` of `text <target>`; a target alone without its marks.
    private static func words(of content: Substring) -> String {
        if content.last == ">", let start = content.lastIndex(of: "<") {
            let text = content[..<start].trimmed
            if !text.isEmpty { return text }
        }
        return String(content.drop { $0 == "~" || $0 == "!" })
    }
}
