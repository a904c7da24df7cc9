import JSON

/// One event of the log, ready to be written.
struct LogLine {
    /// The value of a field.
    enum Value {
        case text(String)
        case number(Double)
    }

    let time: LogTime
    let level: String
    let label: String
    let message: String
    let fields: [(name: String, value: Value)]

    /// The line in a format, with its line break.
    func bytes(_ format: LogFormat) -> [UInt8] {
        switch format {
        case .json: json
        case .text: text
        }
    }

    /// A JSON object and a line break; what is inside cannot break the line.
    private var json: [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        for (name, value) in [("time", time.description), ("level", level), ("logger", label), ("message", message)] {
            writer.name(name)
            writer.write(value)
        }
        for field in fields {
            writer.name(field.name)
            switch field.value {
            case .text(let text): writer.write(text)
            case .number(let number): writer.write(number)
            }
        }
        writer.endObject()
        return writer.bytes + [UInt8(ascii: "\n")]
    }

    /// A line for people; control characters are shown, so that no value can forge a line.
    private var text: [UInt8] {
        var line: [UInt8] = []
        line.reserveCapacity(512)
        for word in [time.description, " ", level, " ", label, ": ", Self.shown(message)] { line += word.utf8 }
        for field in fields {
            line.append(UInt8(ascii: " "))
            line += field.name.utf8
            line.append(UInt8(ascii: "="))
            switch field.value {
            case .text(let text): line += Self.shown(text).utf8
            case .number(let number): line += String(number).utf8
            }
        }
        line.append(UInt8(ascii: "\n"))
        return line
    }

    private static func shown(_ text: String) -> String {
        if text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) { return text }
        guard text.unicodeScalars.contains(where: isHidden) else { return text }
        return text.unicodeScalars.map { isHidden($0) ? $0.escaped(asASCII: true) : String($0) }.joined()
    }

    /// What a terminal or a reader may take for something else than text: controls and other line breaks.
    private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) || (0x2028...0x2029).contains(scalar.value)
    }
}
