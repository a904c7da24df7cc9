import Foundation
import JSON
import TestSupport
import Testing

/// One of the official Python clients, as `scripts/mcp-clients` installs them.
enum PythonClient: String, CaseIterable, Sendable, CustomTestStringConvertible {
    case stateless = "2.3.0"
    case session = "1.30.0"

    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// The folder with an environment for each version; nil when the tests are to do without.
    static let folder = ProcessInfo.processInfo.environment["BEAMLINE_MCP_CLIENTS"]

    /// The revision of the protocol this client ends up with.
    var revision: String {
        switch self {
        case .stateless: "2026-07-28"
        case .session: "2025-11-25"
        }
    }

    var testDescription: String { "mcp \(rawValue)" }

    /// What the names of its scripts begin with.
    private var kind: String {
        switch self {
        case .stateless: "stateless"
        case .session: "session"
        }
    }

    /// Connects, gives up a call, lists tools and prompts, makes the calls, reads, asks for a prompt, and says what came
    /// of it.
    func ask(
        _ url: String,
        token: String,
        calls: [(name: String, arguments: JSONValue)] = [],
        abandoning abandoned: (name: String, arguments: JSONValue)? = nil,
        reading uri: String? = nil,
        prompt: (name: String, arguments: JSONValue)? = nil,
        mode: String = "auto"
    ) async throws -> JSONValue {
        func question(_ call: (name: String, arguments: JSONValue)) -> JSONValue {
            ["name": .string(call.name), "arguments": call.arguments]
        }
        var members: [(String, JSONValue)] = [
            ("url", .string(url)), ("token", .string(token)), ("mode", .string(mode)),
            ("calls", .array(calls.map(question))),
        ]
        if let abandoned { members.append(("abandon", question(abandoned))) }
        if let uri { members.append(("read", .string(uri))) }
        if let prompt { members.append(("prompt", question(prompt))) }
        return try await run("client", .object(JSONObject(members)))
    }

    /// Tries everything the conformance fixture has, and says what came of it.
    func tour(_ url: String, mode: String) async throws -> JSONValue {
        try await run("tour", ["url": .string(url), "mode": .string(mode)])
    }

    /// Runs a script that both versions share.
    func run(shared script: String, _ question: JSONValue) async throws -> JSONValue {
        try await run(script: script, question)
    }

    private func run(_ script: String, _ question: JSONValue) async throws -> JSONValue {
        try await run(script: "\(kind)_\(script)", question)
    }

    private func run(script: String, _ question: JSONValue) async throws -> JSONValue {
        let run = try await ProgramRun.run(
            "\(Self.folder ?? "")/\(rawValue)/bin/python",
            [
                "\(BuiltPrograms.sourceTree)/Tests/IntegrationTests/Clients/\(script).py",
                String(decoding: question.serialized, as: UTF8.self),
            ]
        )
        guard run.exitStatus == 0, let answer = try? JSONValue(parsing: run.output) else {
            throw Failure(description: "mcp \(rawValue): \(run)")
        }
        return answer
    }
}
