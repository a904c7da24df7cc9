import JSON
import MCPModel

/// A client finds what was written, whole and alone, in one event (HTML standard, "Interpreting an event stream").
enum EventProperties {
    static func fault(in bytes: [UInt8]) -> String? {
        var stream = ServerSentEvents.keepAlive
        ServerSentEvents.append(bytes, to: &stream)
        stream += ServerSentEvents.keepAlive
        ServerSentEvents.append(Array("{}".utf8), to: &stream)
        let events = events(in: stream)
        guard events.count == 2, events[1] == Array("{}".utf8) else { return "one event becomes \(events.count - 1)" }
        let isBreak: (UInt8) -> Bool = { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
        guard events[0] == bytes.map({ isBreak($0) ? UInt8(ascii: " ") : $0 }) else { return "an event has other data" }
        if let value = try? JSONValue(parsing: bytes), (try? JSONValue(parsing: events[0])) != value {
            return "an event has another value"
        }
        return nil
    }

    /// The data of each event, as a client reads them.
    private static func events(in stream: [UInt8]) -> [[UInt8]] {
        var events: [[UInt8]] = []
        var data: [[UInt8]] = []
        var line: [UInt8] = []
        var previous: UInt8 = 0
        for byte in stream {
            defer { previous = byte }
            if byte == UInt8(ascii: "\n"), previous == UInt8(ascii: "\r") { continue }
            guard byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") else {
                line.append(byte)
                continue
            }
            if line.isEmpty {
                if !data.isEmpty { events.append(Array(data.joined(separator: [UInt8(ascii: "\n")]))) }
                data = []
            } else if line.starts(with: Array("data:".utf8)) {
                let value = line.dropFirst(5)
                data.append(Array(value.first == UInt8(ascii: " ") ? value.dropFirst() : value))
            }
            line = []
        }
        return events
    }
}
