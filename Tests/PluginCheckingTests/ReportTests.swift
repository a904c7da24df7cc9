import JSON
import PluginChecking
import Testing

@Suite struct ReportTests {
    private let report = CheckReport(
        library: "lib<one>.so",
        outcomes: [
            CheckOutcome(check: "first", subject: "a thing"),
            CheckOutcome(
                check: "second",
                subject: "another",
                findings: [
                    Finding("tool \"a\"", "It is 1 & 2.\u{1}", remedy: "Mend it."),
                    Finding("tool b", "It is odd.", remedy: "Look.", severity: .warning),
                ]
            ),
            CheckOutcome(check: "third", subject: "a last one", skipped: "no time"),
        ]
    )

    @Test func `a report with an error is not in order`() {
        #expect(!report.isInOrder)
        #expect((report.errorCount, report.warningCount) == (1, 1))
        #expect(report.document["ok"] == false)
    }

    @Test func `people read what is wrong, where and how to mend it`() {
        let text = report.lines.joined(separator: "\n")
        #expect(text.contains("passed   first   a thing"))
        #expect(text.contains("error: tool \"a\": It is 1 & 2."))
        #expect(text.contains("→ Mend it."))
        #expect(text.contains("not made: no time"))
        #expect(report.lines.last == "lib<one>.so: not in order; 1 error, 1 warning")
    }

    @Test func `build servers read well-formed XML`() {
        let text = report.junit
        #expect(text.contains(#"tests="3" failures="1" skipped="1""#))
        #expect(text.contains(#"<failure message="tool &quot;a&quot;: It is 1 &amp; 2.\#u{FFFD}">Mend it.</failure>"#))
        #expect(text.contains("lib&lt;one&gt;.so"))
        #expect(text.contains("<skipped message=\"no time\"/>"))
        #expect(text.contains("<system-out>tool b: It is odd. Look.</system-out>"))
    }
}
