/// The report as JUnit writes it, for build servers: one test case for each check.
extension CheckReport {
    package var junit: String {
        let failed = outcomes.filter { !$0.errors.isEmpty }.count
        let skipped = outcomes.filter { $0.skipped != nil }.count
        var text = """
            <?xml version="1.0" encoding="UTF-8"?>
            <testsuite name="beamline plugin check \(Self.escaped(library))" tests="\(outcomes.count)" failures="\(failed)" skipped="\(skipped)">

            """
        for outcome in outcomes {
            text += "  <testcase classname=\"plugin-check\" name=\"\(Self.escaped(outcome.check))\">\n"
            if let reason = outcome.skipped { text += "    <skipped message=\"\(Self.escaped(reason))\"/>\n" }
            for finding in outcome.errors {
                text += "    <failure message=\"\(Self.escaped("\(finding.place): \(finding.fault)"))\">"
                text += "\(Self.escaped(finding.remedy))</failure>\n"
            }
            if !outcome.warnings.isEmpty {
                let said = outcome.warnings.map { "\($0.place): \($0.fault) \($0.remedy)" }.joined(separator: "\n")
                text += "    <system-out>\(Self.escaped(said))</system-out>\n"
            }
            text += "  </testcase>\n"
        }
        return text + "</testsuite>\n"
    }

    /// XML text and attribute values; characters XML 1.0 does not have become the replacement character.
    private static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "\n": escaped += "&#10;"
            case "\u{9}", "\u{20}"..."\u{D7FF}", "\u{E000}"..."\u{FFFD}", "\u{10000}"..."\u{10FFFF}":
                escaped.unicodeScalars.append(scalar)
            default: escaped += "\u{FFFD}"
            }
        }
        return escaped
    }
}
