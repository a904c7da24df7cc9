import Foundation
import GatewayCore
import HTTPServer
import JSON
import Testing

/// A conversation with an endpoint, as a file in `ProtocolTranscripts` has it.
struct Transcript: Sendable, CustomTestStringConvertible {
    /// One request with the response it must get.
    struct Exchange: Sendable {
        let request: JSONValue
        let response: JSONValue
        /// What is exchanged while the request waits to be cancelled.
        var meanwhile: [Exchange] = []
        /// What happens while the answer, a stream of changes, is open.
        var happenings: [Happening] = []
        /// What the request asks its client before it is answered, round by round.
        var rounds: [Round] = []
    }

    /// What a call asks at once over its own stream, and what its client sends because of it.
    struct Round: Sendable {
        /// The requests, without what all have, under the names that stand for their ids from then on.
        let questions: JSONObject
        let exchanges: [Exchange]
    }

    /// A change, or an exchange of the same client, with what the open stream says of it.
    struct Happening: Sendable {
        /// What changes; see `Gateway.change`.
        let change: String?
        let exchange: Exchange?
        let events: JSONValue
    }

    let file: String
    let title: String
    /// The section of the specification that the conversation is about.
    let specification: String
    let exchanges: [Exchange]
    /// Header fields of every request, unless a request replaces them.
    let headers: JSONObject
    /// Strings that stand for values.
    let substitutions: [String: JSONValue]
    /// Whether there is an experiment `lab` too, which asks before it answers.
    let hasLab: Bool

    var testDescription: String { "\(file): \(title)" }

    static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "ProtocolTranscripts")

    /// The conversations of a file.
    static func read(_ file: String) throws -> [Transcript] {
        let value = try JSONValue(parsing: Array(Data(contentsOf: folder.appending(path: file))))
        let substitutions = value["substitutions"]?.object ?? JSONObject()
        return (value["transcripts"]?.array ?? []).map { transcript in
            Transcript(
                file: file,
                title: transcript["title"]?.string ?? "",
                specification: transcript["specification"]?.string ?? "",
                exchanges: exchanges(transcript["exchanges"]),
                headers: value["headers"]?.object ?? JSONObject(),
                substitutions: Dictionary(
                    substitutions.members.map { ($0.name, $0.value) },
                    uniquingKeysWith: { first, _ in first }
                ),
                hasLab: value["lab"] == true
            )
        }
    }

    private static func exchanges(_ list: JSONValue?) -> [Exchange] {
        (list?.array ?? []).map { exchange in
            Exchange(
                request: exchange["request"] ?? .null,
                response: exchange["response"] ?? .null,
                meanwhile: exchanges(exchange["meanwhile"]),
                happenings: happenings(exchange["happenings"]),
                rounds: (exchange["asks"]?.array ?? []).map { round in
                    Round(
                        questions: round["questions"]?.object ?? JSONObject(),
                        exchanges: exchanges(round["exchanges"])
                    )
                }
            )
        }
    }

    private static func happenings(_ list: JSONValue?) -> [Happening] {
        (list?.array ?? []).map { happening in
            Happening(
                change: happening["change"]?.string,
                exchange: happening["request"] == nil ? nil : exchanges([happening]).first,
                events: happening["events"] ?? []
            )
        }
    }

    /// The names of all files, in order.
    static func files() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".json") }.sorted()
    }
}
