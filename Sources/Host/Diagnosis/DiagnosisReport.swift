package import JSON

/// Everything that was found, for people and for programs.
package struct DiagnosisReport: Hashable, Sendable {
    /// What the findings come to.
    package enum Outcome: Hashable, Sendable {
        case inOrder, notInOrder
        /// Nothing is wrong but that something could not be asked.
        case unreachable
    }

    package let findings: [Finding]
    package let proxy: ProxyLines

    package init(_ findings: [Finding], proxy: ProxyLines) {
        self.findings = findings
        self.proxy = proxy
    }

    package var outcome: Outcome {
        if findings.contains(where: { $0.state == .broken }) { return .notInOrder }
        return findings.contains { $0.state == .unreachable } ? .unreachable : .inOrder
    }

    /// One line for each finding, and one more for each remedy.
    package var lines: [String] {
        let width = Finding.State.unreachable.rawValue.utf8.count
        let found = findings.flatMap { finding -> [String] in
            let word = finding.state.rawValue
            let line =
                word + String(repeating: " ", count: width - word.utf8.count) + "  \(finding.subject): \(finding.text)"
            let indent = String(repeating: " ", count: width + 2)
            return [line] + (finding.remedy.map { ["\(indent)→ \($0)"] } ?? [])
        }
        return found + [summary]
    }

    private var summary: String {
        func count(_ state: Finding.State) -> Int { findings.count { $0.state == state } }
        let bad = count(.broken) + count(.unreachable)
        return bad == 0
            ? "Everything works; warnings: \(count(.warning))."
            : "Not in order: \(bad); warnings: \(count(.warning))."
    }

    package var json: JSONValue {
        [
            "ok": .bool(outcome == .inOrder),
            "findings": .array(
                findings.map { finding in
                    [
                        "subject": .string(finding.subject), "state": .string(finding.state.rawValue),
                        "text": .string(finding.text), "remedy": finding.remedy.map(JSONValue.string) ?? .null,
                    ]
                }
            ),
            "proxy": ["apache": .string(proxy.apache), "nginx": .string(proxy.nginx)],
        ]
    }
}
