import JSON
import PluginWire

/// What a runner writes: a line with its walls, one that says where it is before each step, and at its end one of JSON.
struct RunnerReport: Sendable {
    /// The walls in force when the plugin was loaded; nil when it was not, or runs without.
    var walls: SandboxLayers?
    /// What was about to happen last; empty when nothing was said.
    var lastMark = ""
    /// Whether the runner came to its end.
    var isComplete = false
    var findings: [Finding] = []
    /// The binary's manifest, from the check `load`.
    var manifest: [UInt8]?
    var skipped: String?
    /// Why nothing of the plugin ran; nil when it did.
    var failure: String?
    var latencies: [ToolLatency] = []

    init() {}

    /// Reads what was written, however far it came.
    init(reading text: [UInt8]) {
        for line in text.split(separator: UInt8(ascii: "\n")) {
            if line.first == UInt8(ascii: "@") {
                lastMark = String(decoding: line.dropFirst(), as: UTF8.self)
            } else if line.first == UInt8(ascii: "=") {
                let layers = UInt32(String(decoding: line.dropFirst(), as: UTF8.self)).map(
                    SandboxLayers.init(rawValue:)
                )
                walls = walls ?? layers
            } else if let document = try? JSONValue(parsing: Array(line)) {
                isComplete = true
                findings = (document["findings"]?.array ?? []).compactMap(Finding.init)
                manifest = document["manifest"]?.string.map { Array($0.utf8) }
                skipped = document["skipped"]?.string
                failure = document["failure"]?.string
                latencies = (document["latencies"]?.array ?? []).compactMap(ToolLatency.init)
            }
        }
    }

    /// The line a mark is written as.
    static func line(mark: String) -> [UInt8] {
        Array("@\(mark.replacing("\n", with: " "))\n".utf8)
    }

    /// The line the walls are written as.
    static func line(walls: SandboxLayers) -> [UInt8] {
        Array("=\(walls.rawValue)\n".utf8)
    }

    /// The last line.
    var line: [UInt8] {
        var object = JSONObject()
        object["findings"] = .array(findings.map(\.document))
        if let manifest { object["manifest"] = .string(String(decoding: manifest, as: UTF8.self)) }
        if let skipped { object["skipped"] = .string(skipped) }
        if let failure { object["failure"] = .string(failure) }
        if !latencies.isEmpty { object["latencies"] = .array(latencies.map(\.document)) }
        return JSONValue.object(object).serialized + [UInt8(ascii: "\n")]
    }
}
