package import JSON

/// An answer as it came over the wire.
package struct WireAnswer: Sendable, CustomStringConvertible {
    package let status: Int
    /// The field lines as sent.
    package let fields: [String]
    package let body: [UInt8]

    package init(status: Int, fields: [String], body: [UInt8]) {
        self.status = status
        self.fields = fields
        self.body = body
    }

    package var text: String { String(decoding: body, as: UTF8.self) }

    /// The body as JSON; nil when it is none.
    package var json: JSONValue? { try? JSONValue(parsing: body) }

    package var description: String { "\(status)\n\(fields.joined(separator: "\n"))\n\n\(text.prefix(2000))" }

    /// The value of the first field of that name.
    package func field(_ name: String) -> String? {
        let start = name.lowercased() + ":"
        guard let line = fields.first(where: { $0.lowercased().hasPrefix(start) }) else { return nil }
        return String(line.dropFirst(start.count).drop { $0 == " " })
    }

    /// Reads an answer whose length is declared, or which ends with the connection.
    /// - Returns: nil while something is missing.
    init?(_ received: [UInt8], isAtEnd: Bool) {
        guard let blank = received.firstRange(of: Array("\r\n\r\n".utf8)) else { return nil }
        var lines = String(decoding: received[..<blank.lowerBound], as: UTF8.self).split(separator: "\r\n")
            .map(String.init)
        guard let status = lines.removeFirst().split(separator: " ").dropFirst().first.flatMap({ Int($0) }) else {
            return nil
        }
        let rest = received[blank.upperBound...]
        let length = lines.first { $0.lowercased().hasPrefix("content-length:") }
            .flatMap { Int($0.dropFirst("content-length:".count).drop { $0 == " " }) }
        guard isAtEnd || length.map({ rest.count >= $0 }) ?? false else { return nil }
        self.status = status
        fields = lines
        body = Array(length.map { rest.prefix($0) } ?? rest)
    }
}
