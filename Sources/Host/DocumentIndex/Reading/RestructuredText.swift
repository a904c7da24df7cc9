/// Reads reStructuredText by section (docutils, "reStructuredText Markup Specification").
enum RestructuredText {
    /// Directives whose content is no text to read.
    private static let dropped: Set = [
        "toctree", "image", "figure", "raw", "index", "meta", "contents", "include", "literalinclude", "math", "role",
        "default-role", "highlight", "automodule", "autoclass", "autofunction", "graphviz", "uml", "mermaid", "plot",
        "only", "sectnum", "tabularcolumns", "rst-class", "currentmodule", "module",
    ]
    /// Directives whose argument is the name of a language or of a style.
    private static let nameless: Set = ["code-block", "code", "sourcecode", "parsed-literal", "list-table", "table"]

    /// How far the end of a table is looked for, in lines.
    private static let longestTable = 200

    static func parse(_ lines: [String], name: String) -> ParsedDocument {
        var collector = SectionCollector(name: name, anchorOf: anchor)
        /// The adornments of headings, the highest level first.
        var styles: [String] = []
        var index = 0
        while index < lines.count {
            if let heading = heading(lines, index) {
                let level = styles.firstIndex(of: heading.style) ?? styles.count
                if level == styles.count { styles.append(heading.style) }
                collector.begin(RestructuredInline.plain(heading.title), level: level)
                index += heading.lines
            } else if lines[index].trimmed.hasPrefix("..") {
                index = explicit(lines, index, &collector)
            } else {
                let text = lines[index].trimmed
                collector.add(adornment(text) == nil ? RestructuredInline.plain(text) : "")
                index += 1
            }
        }
        return collector.finish()
    }

    private static func heading(_ lines: [String], _ index: Int) -> (title: String, style: String, lines: Int)? {
        let line = lines[index]
        guard index == 0 || !isText(lines[index - 1]) else { return nil }
        if let mark = adornment(line), index + 2 < lines.count, adornment(lines[index + 2]) == mark {
            let title = lines[index + 1].trimmed
            guard !title.isEmpty, adornment(title) == nil, !isBorder(lines, index) else { return nil }
            return (title, "over \(mark)", 3)
        }
        guard !line.isEmpty, line.indentation == 0, adornment(line) == nil, index + 1 < lines.count,
            let mark = adornment(lines[index + 1])
        else { return nil }
        let isLong = lines[index + 1].utf8.count >= min(4, line.utf8.count)
        return isLong ? (line.trimmed, "under \(mark)", 2) : nil
    }

    /// Whether the third line begins the rows of a table, which another such line ends.
    private static func isBorder(_ lines: [String], _ index: Int) -> Bool {
        guard index + 3 < lines.count, !lines[index + 3].isEmpty else { return false }
        return lines[(index + 3)...].prefix(longestTable).prefix { !$0.isEmpty }.contains { $0 == lines[index] }
    }

    private static func isText(_ line: String) -> Bool {
        !line.isEmpty && !line.trimmed.hasPrefix("..")
    }

    /// The sign that a line repeats at least three times, and nothing else.
    private static func adornment(_ line: String) -> Character? {
        guard let first = line.utf8.first, line.utf8.count >= 3, line.utf8.allSatisfy({ $0 == first }) else {
            return nil
        }
        let isPunctuation =
            switch first {
            case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: true
            default: false
            }
        return isPunctuation ? line.first : nil
    }

    /// A directive, a target, a footnote or a comment; gives the line to go on with.
    private static func explicit(_ lines: [String], _ index: Int, _ collector: inout SectionCollector) -> Int {
        let indentation = lines[index].indentation
        let text = lines[index].trimmed.dropFirst(2).trimmed
        if let directive = directive(text), !dropped.contains(directive.name) {
            if !nameless.contains(directive.name), !directive.argument.isEmpty {
                collector.add(RestructuredInline.plain(directive.argument))
            }
            var next = index + 1
            while next < lines.count, lines[next].indentation > indentation, lines[next].trimmed.hasPrefix(":") {
                next += 1
            }
            return next
        }
        if text.hasPrefix("["), let end = text.firstIndex(of: "]") {
            collector.add(RestructuredInline.plain(text[text.index(after: end)...].trimmed))
            return index + 1
        }
        // Targets stand alone; what lies under a comment belongs to it.
        guard !text.hasPrefix("_") else { return index + 1 }
        var next = index + 1
        while next < lines.count, lines[next].isEmpty || lines[next].indentation > indentation { next += 1 }
        return next
    }

    /// The parts of `name:: argument`.
    private static func directive(_ text: String) -> (name: String, argument: String)? {
        guard let colons = text.firstRange(of: "::") else { return nil }
        let name = text[..<colons.lowerBound]
        let isName = name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: ":"):
                true
            default: false
            }
        }
        guard isName, !name.isEmpty else { return nil }
        return (name.lowercased(), text[colons.upperBound...].trimmed)
    }

    /// The identifier docutils makes of a heading.
    static func anchor(of heading: String) -> String {
        var anchor = ""
        for scalar in heading.lowercased().unicodeScalars {
            if scalar.isASCII, scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
                anchor.unicodeScalars.append(scalar)
            } else if !anchor.isEmpty, anchor.last != "-" {
                anchor.append("-")
            }
        }
        while anchor.last == "-" { anchor.removeLast() }
        return anchor
    }
}
