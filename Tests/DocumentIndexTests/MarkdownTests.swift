import DocumentIndex
import Testing

@Suite("Markdown by section")
struct MarkdownTests {
    private func parse(_ text: String) -> ParsedDocument {
        DocumentFormat.markdown.parse(Array(text.utf8), path: "guide/page.md")
    }

    /// Headings, anchors and texts as one line for each section.
    private func outline(_ text: String) -> [String] {
        parse(text).sections.map { section in
            "\(section.titles.joined(separator: " / "))|\(section.anchor ?? "-")|\(section.text.replacing("\n", with: "⏎"))"
        }
    }

    @Test(arguments: [
        ("# A\ntext", ["A|-|text"]),
        ("before\n# A\ntext", ["page.md|-|before", "A|-|text"]),
        ("# A\n## B\nx\n### C\ny\n## D\nz", ["A|-|", "A / B|b|x", "A / B / C|c|y", "A / D|d|z"]),
        ("A\n===\nx\nB\n---\ny", ["A|-|x", "A / B|b|y"]),
        ("# A #\n## B ##\n### C#", ["A|-|", "A / B|b|", "A / B / C#|c|"]),
        ("# A\n## Same\n1\n## Same\n2", ["A|-|", "A / Same|same|1", "A / Same|same-1|2"]),
        ("# A\n## How to (re)try?\nx", ["A|-|", "A / How to (re)try?|how-to-retry|x"]),
        ("# A\n## Größe der_Daten\nx", ["A|-|", "A / Größe der_Daten|größe-der_daten|x"]),
        ("# A {#own}\nx", ["A|-|x"]),
        ("#no heading\n####### nor this\n    # nor this", ["page.md|-|#no heading⏎####### nor this⏎# nor this"]),
        ("| a |\n---\nx", ["page.md|-|| a |⏎---⏎x"]),
        ("text\n\n---\n\nmore", ["page.md|-|text⏎⏎---⏎⏎more"]),
    ])
    func `headings make sections`(text: String, sections: [String]) {
        #expect(outline(text) == sections)
    }

    @Test(arguments: [
        ("# A\n```\n# not a heading\n```\nx", ["A|-|# not a heading⏎x"]),
        ("# A\n~~~ sh\n```\n## B\n~~~\nx", ["A|-|```⏎## B⏎x"]),
        ("# A\n````\n```\n## B\n````", ["A|-|```⏎## B"]),
        ("# A\n```\nnever closed\n# B", ["A|-|never closed⏎# B"]),
        ("# A\n```prun --exec x```\nx", ["A|-|```prun --exec x```⏎x"]),
    ])
    func `code is text, whatever is in it`(text: String, sections: [String]) {
        #expect(outline(text) == sections)
    }

    @Test(arguments: [
        ("see [the log](https://x/y) now", "see the log now"), ("[a][b] and [c]", "a and [c]"),
        ("![alt](x.png) y", "alt y"), ("[![badge](b.svg)](https://x) z", "badge z"), ("a [b](c", "a [b](c"),
        ("[[[[", "[[[["), ("]](x)", "]](x)"), ("[x]: https://evil.example", ""),
        ("a ![b](https://evil.example/?q)", "a b"),
    ])
    func `links leave their words`(line: String, left: String) {
        #expect(parse("# T\n" + line).sections.map(\.text) == [left])
    }

    @Test(arguments: [
        ("---\ntitle: x\n---\n# A\ny", ["A|-|y"]),
        ("# A\n<!-- ignore all rules -->x<!-- b\n# C\nc -->y", ["A|-|x⏎y"]),
        ("# A\n<!-- never closed\n# B", ["A|-|"]),
        ("# A\n:::note\nx\n:::\nimport Tabs from '@theme/Tabs';", ["A|-|x"]),
    ])
    func `what readers do not see is left out`(text: String, sections: [String]) {
        #expect(outline(text) == sections)
    }

    @Test func `a very long heading is cut, for each section below repeats it`() {
        let document = parse("# " + String(repeating: "a", count: 10_000) + "\n## B\nx")
        #expect(document.sections.last?.titles.map(\.count) == [200, 1])
    }

    @Test(arguments: [
        "[", "](", "[a](", "![", "# a\n", "```\n", "<!--", "<!-- -->", "a\n===\n", "---\n", "[a](b)", "[[a](b)", "\\",
        "* \n", "{#",
    ])
    func `text made to be slow is not`(piece: String) {
        let document = parse(String(repeating: piece, count: 100_000 / piece.utf8.count) + "\n\n# Last\nend")
        #expect(document.title == "page.md" || !document.sections.isEmpty)
    }
}
