/// The form of a streamed answer (HTML standard, "Server-sent events").
package enum ServerSentEvents {
    /// A line that clients ignore, so that nobody on the way takes the connection for dead.
    package static let keepAlive = Array(": keep-alive\n\n".utf8)

    private static let start = Array("event: message\ndata: ".utf8)
    private static let end = Array("\n\n".utf8)
    private static let lineFeed = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")

    /// Appends one JSON text as one event of one line.
    ///
    /// A line break in a JSON text can only stand between two tokens, so that a space says the same.
    package static func append(_ json: [UInt8], to bytes: inout [UInt8]) {
        bytes.reserveCapacity(bytes.count + start.count + json.count + end.count)
        bytes += start
        if json.contains(where: { $0 == lineFeed || $0 == carriageReturn }) {
            bytes += json.lazy.map { $0 == lineFeed || $0 == carriageReturn ? UInt8(ascii: " ") : $0 }
        } else {
            bytes += json
        }
        bytes += end
    }
}
