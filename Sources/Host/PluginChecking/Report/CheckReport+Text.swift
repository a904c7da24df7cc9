import PluginWire

/// The report for people: one line for each check, and below it what is wrong.
extension CheckReport {
    package var lines: [String] {
        let width = outcomes.map(\.check.count).max() ?? 0
        var lines: [String] = []
        for outcome in outcomes {
            let name = outcome.check + String(repeating: " ", count: width - outcome.check.count)
            lines.append("\(outcome.word)  \(name)  \(outcome.subject)")
            if let reason = outcome.skipped { lines.append("         not made: \(reason)") }
            for finding in outcome.findings {
                lines.append("         \(finding.severity.rawValue): \(finding.place): \(finding.fault)")
                lines.append("         → \(finding.remedy)")
            }
        }
        lines += latencies.map(\.line)
        if let walls {
            let missing = SandboxLayers.all.subtracting(walls).names
            let lacking = missing.isEmpty ? "" : "; this system does not give \(missing.joined(separator: ", "))"
            lines.append("walls around the plugin: \(walls.names.joined(separator: ", "))\(lacking)")
        }
        let count = "\(Self.count(errorCount, "error")), \(Self.count(warningCount, "warning"))"
        lines.append("\(library): \(isInOrder ? "in order" : "not in order"); \(count)")
        return lines.map(Self.shown)
    }

    /// A line without what moves a terminal's cursor: parts of it are the plugin's words.
    private static func shown(_ line: String) -> String {
        var shown = ""
        for scalar in line.unicodeScalars {
            shown.unicodeScalars.append(scalar.properties.generalCategory == .control ? "\u{FFFD}" : scalar)
        }
        return shown
    }

    private static func count(_ number: Int, _ word: String) -> String {
        "\(number) \(word)\(number == 1 ? "" : "s")"
    }
}

extension ToolLatency {
    fileprivate var line: String {
        "\(tool), \(mode.rawValue): \(Int64(rate.rounded())) calls/s, p50 \(Self.text(median)), "
            + "p99 \(Self.text(slowest)), CPU \(Self.text(processorTime)) per call; \(calls) calls"
    }

    /// Microseconds with one digit.
    private static func text(_ nanoseconds: Int64) -> String {
        let tenths = (nanoseconds + 50) / 100
        return "\(tenths / 10).\(tenths % 10) µs"
    }
}

extension CheckOutcome {
    fileprivate var word: String {
        if skipped != nil { return "skipped" }
        if !errors.isEmpty { return "FAILED " }
        return warnings.isEmpty ? "passed " : "warning"
    }
}
