/// A document taken apart into its sections.
package struct ParsedDocument: Hashable, Sendable {
    /// One section, without those below it.
    package struct Section: Hashable, Sendable {
        /// The headings from the top of the document down to its own.
        package let titles: [String]
        /// How an address names it; nil for the beginning of the document.
        package let anchor: String?
        /// Its paragraphs, with empty lines between them.
        package let text: String
    }

    package let title: String
    package let sections: [Section]
}

/// Collects the sections of a document while its lines are read.
struct SectionCollector {
    private static let longestHeading = 200

    private let name: String
    private let anchorOf: (String) -> String
    /// The open headings, each with its level.
    private var headings: [(level: Int, title: String)] = []
    private var title: String?
    private var anchor: String?
    private var anchors: [String: Int] = [:]
    private var lines: [String] = []
    private var sections: [ParsedDocument.Section] = []

    /// `name` stands for the title of a document without one; `anchorOf` makes an anchor of a heading.
    init(name: String, anchorOf: @escaping (String) -> String) {
        self.name = name
        self.anchorOf = anchorOf
    }

    /// A line of text; an empty one ends a paragraph.
    mutating func add(_ line: String) {
        if line.isEmpty, lines.last?.isEmpty ?? true { return }
        lines.append(line)
    }

    mutating func begin(_ text: String, level: Int) {
        end()
        let heading = text.utf8.count > Self.longestHeading ? String(text.prefix(Self.longestHeading)) : text
        headings.removeAll { $0.level >= level }
        headings.append((level, heading))
        let plain = anchorOf(heading)
        let uses = anchors[plain, default: 0]
        anchors[plain] = uses + 1
        anchor = title == nil || plain.isEmpty ? nil : uses == 0 ? plain : "\(plain)-\(uses)"
        if title == nil { title = heading }
    }

    mutating func finish() -> ParsedDocument {
        end()
        return ParsedDocument(title: title ?? name, sections: sections)
    }

    private mutating func end() {
        while lines.last?.isEmpty == true { lines.removeLast() }
        let titles = headings.map(\.title)
        // A heading without text of its own is still found by its words.
        if !lines.isEmpty || !titles.isEmpty {
            let section = ParsedDocument.Section(
                titles: titles.isEmpty ? [title ?? name] : titles,
                anchor: anchor,
                text: lines.joined(separator: "\n")
            )
            sections.append(section)
        }
        lines = []
    }
}
