import JSON

/// The events of a stream, by kind.
struct Events {
    let all: [JSONValue]

    /// Reads the lines of data; each event is written at once, so that no chunk ends within a line.
    static func all(in text: String) -> Events {
        let lines = text.split(whereSeparator: \.isNewline).filter { $0.hasPrefix("data: ") }
        return Events(all: lines.compactMap { try? JSONValue(parsing: Array($0.dropFirst("data: ".count).utf8)) })
    }

    var progress: [Int] {
        all.filter { $0["method"] == "notifications/progress" }.compactMap { $0["params"]?["progress"]?.integer }
    }

    var messages: [JSONValue] {
        all.filter { $0["method"] == "notifications/message" }.compactMap { $0["params"]?["data"] }
    }
}
