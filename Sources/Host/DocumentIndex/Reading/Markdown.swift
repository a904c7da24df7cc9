/// Reads Markdown by section (CommonMark, sections 4.2, 4.3 and 4.5).
enum Markdown {
    static func parse(_ lines: [String], name: String) -> ParsedDocument {
        var collector = SectionCollector(name: name, anchorOf: anchor)
        var fence: Fence?
        var comment = false
        var index = pastFrontMatter(lines)
        while index < lines.count {
            let line = lines[index]
            index += 1
            if let open = fence {
                if open.isEnded(by: line) { fence = nil } else { collector.add(line) }
                continue
            }
            // Nobody sees what a comment holds, so nobody is shown it here.
            let visible = withoutComments(line, &comment)
            let text = visible.trimmed
            guard !text.isEmpty || visible == line else { continue }
            if let begun = Fence(text) {
                fence = begun
            } else if let heading = heading(text), visible.indentation < 4 {
                collector.begin(MarkdownInline.plain(heading.title), level: heading.level)
            } else if let level = underline(lines, index), isParagraph(text) {
                collector.begin(MarkdownInline.plain(text), level: level)
                index += 1
            } else if !isMachinery(text) {
                collector.add(MarkdownInline.plain(text))
            }
        }
        return collector.finish()
    }

    /// The settings some programs write before the text.
    private static func pastFrontMatter(_ lines: [String]) -> Int {
        guard lines.first == "---", let end = lines.dropFirst().prefix(200).firstIndex(of: "---") else { return 0 }
        return end + 1
    }

    /// A block of code, in which nothing else means anything.
    private struct Fence {
        let mark: Character
        let length: Int

        init?(_ text: String) {
            guard let first = text.first, first == "`" || first == "~" else { return nil }
            mark = first
            length = text.prefix { $0 == first }.count
            guard length >= 3, first == "~" || !text.dropFirst(length).contains("`") else { return nil }
        }

        func isEnded(by line: String) -> Bool {
            let text = line.trimmed
            return text.count >= length && text.allSatisfy { $0 == mark }
        }
    }

    private static func heading(_ text: String) -> (title: String, level: Int)? {
        let level = text.prefix { $0 == "#" }.count
        let rest = text.dropFirst(level)
        guard (1...6).contains(level), rest.isEmpty || rest.first == " " else { return nil }
        var title = rest.trimmed[...]
        let closing = title.reversed().prefix { $0 == "#" }.count
        if closing > 0, title.dropLast(closing).last ?? " " == " " { title = title.dropLast(closing) }
        // An identifier of its own, as some programs take it: {#name}
        if title.last == "}", let start = title.firstRange(of: "{#") { title = title[..<start.lowerBound] }
        let plain = title.trimmed
        return plain.isEmpty ? nil : (plain, level)
    }

    /// The level of the heading that a line of `=` or `-` makes of the one before.
    private static func underline(_ lines: [String], _ index: Int) -> Int? {
        guard index < lines.count, lines[index].indentation < 4 else { return nil }
        let text = lines[index].trimmed
        guard text.utf8.count >= 2, let first = text.first, first == "=" || first == "-" else { return nil }
        return text.allSatisfy { $0 == first } ? (first == "=" ? 1 : 2) : nil
    }

    private static func isParagraph(_ text: String) -> Bool {
        guard let first = text.first else { return false }
        return !["|", ">", "-", "*", "+"].contains(first)
    }

    /// Lines for programs: imports, the marks of boxes, definitions of links.
    private static func isMachinery(_ text: String) -> Bool {
        text.hasPrefix(":::") || text.hasPrefix("import ") && text.hasSuffix(";")
            || text.hasPrefix("[") && text.contains("]: ")
    }

    private static func withoutComments(_ line: String, _ isOpen: inout Bool) -> String {
        guard isOpen || line.contains("<!--") else { return line }
        var visible = ""
        var rest = line[...]
        while true {
            if isOpen {
                guard let end = rest.firstRange(of: "-->") else { return visible }
                isOpen = false
                rest = rest[end.upperBound...]
            } else {
                guard let start = rest.firstRange(of: "<!--") else { return visible + rest }
                isOpen = true
                visible += rest[..<start.lowerBound]
                rest = rest[start.upperBound...]
            }
        }
    }

    /// The identifier that most programs make of a heading.
    static func anchor(of heading: String) -> String {
        var anchor = ""
        for character in heading.lowercased() {
            if character.isLetter || character.isNumber || character == "-" || character == "_" {
                anchor.append(character)
            } else if character == " " {
                anchor.append("-")
            }
        }
        return anchor
    }
}
