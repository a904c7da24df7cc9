import Synchronization
import TestSupport

/// A program of an experiment that reads and answers messages: a STOMP client of its own, which is not what is tested.
///
/// It understands text without NUL characters and without escapes but `\c`.
package final class BrokerAgent: Sendable {
    package struct Failure: Error, CustomStringConvertible {
        package let description: String
    }

    /// A message it has got.
    package struct Message: Sendable {
        package let headers: [String: String]
        package let body: String
    }

    private let wire: WireConnection
    /// How many frames were looked at.
    private let taken = Mutex(0)

    private init(_ wire: WireConnection) {
        self.wire = wire
    }

    /// Connects as a user who may everything.
    package static func connect(to broker: MessageBroker) async throws -> BrokerAgent {
        let agent = BrokerAgent(try WireConnection(port: broker.port))
        agent.write("CONNECT\naccept-version:1.2\nhost:tests\nlogin:agent\npasscode:\(MessageBroker.password)\n\n")
        _ = try await agent.next("CONNECTED")
        return agent
    }

    /// Reads messages of a destination from now on.
    package func subscribe(to destination: String) async throws {
        write("SUBSCRIBE\nid:\(destination)\ndestination:\(destination)\nreceipt:subscribed\n\n")
        _ = try await next("RECEIPT")
    }

    /// The next message.
    package func message() async throws -> Message { try await next("MESSAGE") }

    /// Sends a message.
    package func send(to destination: String, _ headers: [String: String] = [:], _ body: String) {
        let lines = headers.map { "\($0.key):\($0.value.split(separator: ":").joined(separator: "\\c"))\n" }.joined()
        write("SEND\ndestination:\(destination)\n\(lines)\n\(body)")
    }

    /// Answers a message as JMS has it: at its `reply-to`, with its `correlation-id`.
    package func answer(_ message: Message, _ body: String, _ headers: [String: String] = [:]) {
        var headers = headers
        headers["correlation-id"] = headers["correlation-id"] ?? message.headers["correlation-id"]
        send(to: message.headers["reply-to"] ?? "", headers, body)
    }

    package func disconnect() {
        wire.hangUp()
    }

    private func write(_ frame: String) {
        wire.send(Array(frame.utf8) + [0])
    }

    private func next(_ command: String) async throws -> Message {
        let number = taken.withLock { taken in
            taken += 1
            return taken
        }
        let text = try await wire.text { Self.frames($0).count > number }
        let frame = Self.frames(text)[number - 1].drop { $0 == "\n" }
        guard let headEnd = frame.firstRange(of: "\n\n") else { throw Failure(description: "no frame: \(frame)") }
        let lines = frame[..<headEnd.lowerBound].split(separator: "\n")
        guard lines.first.map(String.init) == command else { throw Failure(description: "not \(command): \(frame)") }
        let headers = lines.dropFirst().map { line in
            let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            return (String(parts[0]), String(parts[1]).split(separator: "\\c").joined(separator: ":"))
        }
        return Message(
            headers: Dictionary(headers) { first, _ in first },
            body: String(frame[headEnd.upperBound...])
        )
    }

    /// The frames, and what has come of the next one at the end.
    private static func frames(_ text: String) -> [Substring] {
        text.split(separator: "\0", omittingEmptySubsequences: false)
    }
}
