import JSON
import PanDAKit
import PluginKit

/// What the messages of an execution say about how it went.
struct ExecutionProgress: Encodable, Hashable, Sendable {
    /// Something that happened.
    struct Event: Encodable, Hashable, Sendable {
        let type: String
        let time: Timestamp
        let runID: String?

        private enum CodingKeys: String, CodingKey {
            case type, time
            case runID = "run_id"
        }

        static let schema = Schema.object([
            .required("type", .string("The message's type, such as start_run.")),
            .required("time", .time()),
            .optional("run_id", .string()),
        ])
    }

    /// Something that went wrong.
    struct Fault: Encodable, Hashable, Sendable {
        let time: Timestamp
        /// What an agent wrote; untrusted text.
        let error: String
        /// Where it was found.
        let source: String

        static let schema = Schema.object([
            .required("time", .time()),
            .required("error", .untrustedText("What an agent wrote.")),
            .required("source", .choice(["message", "log"])),
        ])
    }

    private(set) var phase: String?
    private(set) var runID: String?
    private(set) var events: [Event] = []
    var errors: [Fault] = []

    /// Reads the messages from the first on.
    init(_ messages: Rows) {
        for message in messages {
            guard let type = message.cleaned("message_type"), let time = message.time("sent_at") else { continue }
            let run = message.cleaned("run_id")
            events.append(Event(type: type, time: time, runID: run))
            switch type {
            case "run_imminent": (phase, runID) = ("imminent", run ?? runID)
            case "start_run", "resume_run": (phase, runID) = ("running", runID ?? run)
            case "pause_run": phase = "paused"
            case "end_run": phase = "ended"
            default:
                let content = message.document("message_content")
                let text = content["error"]?.string ?? content["message"]?.string ?? type
                errors.append(Fault(time: time, error: UntrustedText.cleaned(text), source: "message"))
            }
        }
    }
}
