import JSON
import PluginKit
import SampleData

/// Serves the recorded answers as the host's HTTP source would.
struct RecordedMonitor: HostCalling {
    static let now = Timestamp(seconds: 1_795_236_000)

    /// Where the records of each source are.
    private static let prefixes = ["monitor": "/atlas", "cric": "/cric/atlas"]

    func invoke(_ operation: String, body: [UInt8]) async -> HostReply {
        guard operation == "source.request" else {
            return HostReply(status: HostReply.unsupported, body: Array(#"{"message": "none here"}"#.utf8))
        }
        guard let request = try? JSONValue(parsing: body),
            let path = request["path"]?.string, let prefix = Self.prefixes[request["source"]?.string ?? ""]
        else { return HostReply(status: 9, body: Array(#"{"message": "malformed"}"#.utf8)) }
        let query = (request["query"]?.object?.members ?? []).map { "\($0.name)=\($0.value.string ?? "")" }
        let answer = RecordedAnswers(now: SampleInstant(seconds: Self.now.seconds)).answer(
            method: "GET",
            path: prefix + path,
            query: query.joined(separator: "&")
        )
        let json = answer.contentType == "application/json" ? try? JSONValue(parsing: answer.body) : nil
        let reply: JSONValue = [
            "status": .integer(answer.status), "headers": ["content-type": .string(answer.contentType)],
            "encoding": json == nil ? "text" : "json",
            "body": json ?? .string(String(decoding: answer.body, as: UTF8.self)), "truncated": false,
        ]
        return HostReply(status: 0, body: reply.serialized)
    }

    func progress(done: Double, total: Double?, note: String) {}

    func log(_ level: LogLevel, _ message: String) {}
}
