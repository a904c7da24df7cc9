import JSON

/// One event of the log, ready to be written.
struct LogLine {
    let time: LogTime
    let level: String
    let label: String
    let message: String
    let fields: [(name: String, value: String)]

    /// A JSON object and a line break; what is inside cannot break the line.
    var json: [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        for (name, value) in [("time", time.description), ("level", level), ("logger", label), ("message", message)] {
            writer.name(name)
            writer.write(value)
        }
        for field in fields {
            writer.name(field.name)
            writer.write(field.value)
        }
        writer.endObject()
        return writer.bytes + [UInt8(ascii: "\n")]
    }

    /// A line for people; control characters are shown, so that no value can forge a line.
    var text: [UInt8] {
        let details = fields.map { " \($0.name)=\(Self.shown($0.value))" }.joined()
        return Array("\(time) \(level) \(label): \(Self.shown(message))\(details)\n".utf8)
    }

    private static func shown(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) else { return text }
        return text.unicodeScalars.map { scalar in
            scalar.value < 0x20 || scalar.value == 0x7F ? scalar.escaped(asASCII: true) : String(scalar)
        }.joined()
    }
}
