package import JSON
import PluginWire

/// The report for programs.
extension CheckReport {
    package var document: JSONValue {
        var object = JSONObject()
        object["library"] = .string(library)
        object["ok"] = .bool(isInOrder)
        object["errors"] = .integer(errorCount)
        object["warnings"] = .integer(warningCount)
        if let walls {
            object["walls"] = [
                "in_force": .array(walls.names.map { .string($0) }),
                "missing": .array(SandboxLayers.all.subtracting(walls).names.map { .string($0) }),
            ]
        }
        object["checks"] = .array(outcomes.map(\.document))
        if !latencies.isEmpty { object["latencies"] = .array(latencies.map(\.document)) }
        return .object(object)
    }
}

extension CheckOutcome {
    fileprivate var document: JSONValue {
        var object = JSONObject()
        object["check"] = .string(check)
        object["subject"] = .string(subject)
        object["findings"] = .array(findings.map(\.document))
        if let skipped { object["skipped"] = .string(skipped) }
        return .object(object)
    }
}

extension Finding {
    var document: JSONValue {
        [
            "severity": .string(severity.rawValue), "place": .string(place), "fault": .string(fault),
            "remedy": .string(remedy),
        ]
    }

    /// Reads what `document` wrote; nil for anything else.
    init?(_ document: JSONValue) {
        guard let severity = document["severity"]?.string.flatMap(Severity.init(rawValue:)),
            let place = document["place"]?.string, let fault = document["fault"]?.string,
            let remedy = document["remedy"]?.string
        else { return nil }
        self.init(place, fault, remedy: remedy, severity: severity)
    }
}

extension ToolLatency {
    var document: JSONValue {
        [
            "tool": .string(tool), "mode": .string(mode.rawValue), "calls": .integer(calls),
            "calls_per_s": .double(rate), "p50_ns": .integer(Int(median)), "p99_ns": .integer(Int(slowest)),
            "cpu_ns": .integer(Int(processorTime)),
        ]
    }

    /// Reads what `document` wrote; nil for anything else.
    init?(_ document: JSONValue) {
        guard let tool = document["tool"]?.string, let mode = document["mode"]?.string.flatMap(Mode.init(rawValue:)),
            let calls = document["calls"]?.integer, let median = document["p50_ns"]?.integer,
            let slowest = document["p99_ns"]?.integer, let rate = document["calls_per_s"]?.double,
            let processorTime = document["cpu_ns"]?.integer
        else { return nil }
        self.init(
            tool: tool,
            mode: mode,
            calls: calls,
            rate: rate,
            median: Int64(median),
            slowest: Int64(slowest),
            processorTime: Int64(processorTime)
        )
    }
}
