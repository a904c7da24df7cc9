import PluginKit

/// A light question by which one can see whether a service answers.
package struct ServiceProbe: Sendable {
    /// How the answer is asked for.
    package enum Question: Hashable, Sendable {
        /// A request to an HTTP source, whose answer shall be JSON.
        case request(source: String, path: String, query: [String])
        /// A search in a collection of documents.
        case documents(String)
    }

    package let name: String
    package let question: Question

    package init(_ name: String, _ question: Question) {
        self.name = name
        self.question = question
    }
}

/// How a service does.
package struct ServiceState: Encodable, Hashable, Sendable {
    /// What an answer, or none, says of a service.
    package enum State: String, Hashable, Sendable, CaseIterable {
        case up
        /// It answers, but not what was asked for: an error, or a page for people.
        case faulty
        /// It does not accept the gateway's credentials.
        case refused
        /// It was asked too often.
        case limited
        /// No answer in time.
        case silent
        case down
        case notConnected = "not_connected"
    }

    package let name: String
    package let state: String
    /// How long the answer took; nil where there was none.
    package let latencyMilliseconds: Int?

    init(name: String, state: State, latencyMilliseconds: Int? = nil) {
        self.name = name
        self.state = state.rawValue
        self.latencyMilliseconds = latencyMilliseconds
    }

    private enum CodingKeys: String, CodingKey {
        case name, state
        case latencyMilliseconds = "latency_milliseconds"
    }

    static let schema = Schema.object([
        .required("name", .string("The service.")),
        .required(
            "state",
            .choice(
                State.allCases.map(\.rawValue),
                "faulty: answers something else; refused: does not accept the gateway; limited: asked too often."
            )
        ),
        .optional("latency_milliseconds", .integer("How long the answer took.", minimum: 0)),
    ])
}
