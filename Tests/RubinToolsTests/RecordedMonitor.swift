import JSON
import PluginKit
import SampleData

/// A host whose sources `monitor` and `cric` are the recorded ones of Rubin.
struct RecordedMonitor: HostCalling {
    func invoke(_ operation: String, body: [UInt8]) async -> HostReply {
        guard operation == "source.request", let request = try? JSONValue(parsing: body),
            let prefix = ["monitor": "/rubin", "cric": "/cric/rubin"][request["source"]?.string ?? ""],
            let path = request["path"]?.string
        else { return HostReply(status: 2, body: Array(#"{"message":"no such source"}"#.utf8)) }
        let query = (request["query"]?.object?.members ?? []).map { "\($0.name)=\($0.value.string ?? "")" }
        let answer = RecordedAnswers(now: SampleInstant(seconds: RunFixture.now.seconds)).answer(
            method: "GET",
            path: prefix + path,
            query: query.joined(separator: "&")
        )
        let json = answer.contentType == "application/json" ? try? JSONValue(parsing: answer.body) : nil
        let reply: JSONValue = [
            "status": .integer(answer.status),
            "headers": ["content-type": .string(answer.contentType)],
            "encoding": json == nil ? "text" : "json",
            "body": json ?? .string(String(decoding: answer.body, as: UTF8.self)),
            "truncated": false,
        ]
        return HostReply(status: 0, body: reply.serialized)
    }

    func progress(done: Double, total: Double?, note: String) {}

    func log(_ level: LogLevel, _ message: String) {}
}
