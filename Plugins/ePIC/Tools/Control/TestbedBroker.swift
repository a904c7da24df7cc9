import JSON
import PluginKit

/// The message broker of the testbeds, as one call sees it.
struct TestbedBroker: Sendable {
    /// The source's name in the manifest.
    static let source = "testbed_broker"
    static let workflowQueue = "/queue/workflow_control"
    static let topic = "/topic/epictopic"

    static let absent = ToolError(
        .unavailable,
        "The testbed's message broker is not connected to this gateway.",
        hint: "The operators of the gateway bind the data source testbed_broker."
    )

    let context: CallContext

    /// Sends a message and returns when the broker has taken it.
    ///
    /// With a lifetime, in seconds from the beginning of the call, one that nobody took by then is thrown away.
    func send(_ body: JSONObject, to destination: String, lifetime: Int? = nil) async throws(ToolError) {
        var headers: [(String, String)] = []
        if let lifetime { headers.append(Self.expiry(context.now, lifetime)) }
        do {
            try await context.source(Self.source).send(.object(body), to: destination, headers: headers)
        } catch {
            throw Self.explained(error)
        }
    }

    /// Asks a user's agent manager; nil when it does not answer in time.
    func ask(_ command: String, _ user: TestbedUser, within timeout: Duration) async throws(ToolError) -> ManagerAnswer?
    {
        do {
            let answer = try await context.source(Self.source).exchange(
                .object(Self.command(command, at: context.now)),
                with: user.controlQueue,
                headers: [Self.expiry(context.now, Self.questionLifetime)],
                replyMember: "reply_to",
                timeout: timeout
            )
            return ManagerAnswer(answer.json, of: user)
        } catch {
            guard error.code != .timeout else { return nil }
            throw Self.explained(error)
        }
    }

    /// How long a question may lie in its queue, in seconds from the beginning of the call.
    private static let questionLifetime = 60

    /// The broker throws away what nobody took by then.
    private static func expiry(_ time: Timestamp, _ seconds: Int) -> (String, String) {
        ("expires", String(time.adding(seconds: seconds).microseconds / 1000))
    }

    /// What the agent managers understand.
    static func command(_ name: String, at time: Timestamp) -> JSONObject {
        var body = JSONObject()
        body["command"] = .string(name)
        body["timestamp"] = .string(time.agentText)
        body["source"] = "mcp"
        return body
    }

    private static func explained(_ error: ToolError) -> ToolError {
        switch error.code {
        case .notFound: absent
        case .invalidArgument, .internal, .forbidden:
            ToolError(.internal, "The broker could not be given the message.", detail: error.detail ?? error.message)
        default: error
        }
    }
}

extension Timestamp {
    /// With an offset, as the agents' own language reads it in every version.
    var agentText: String {
        let text = description
        return text.hasSuffix("Z") ? text.dropLast() + "+00:00" : text
    }
}
