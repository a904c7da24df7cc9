import JSON
import PluginKit
import SampleData

/// A host whose source `idds` is the recorded iDDS.
struct RecordedHost: HostCalling {
    let answers = RecordedAnswers(now: SampleInstant(seconds: RunFixture.now.seconds))

    func invoke(_ operation: String, body: [UInt8]) async -> HostReply {
        guard operation == "source.request", let body = try? JSONValue(parsing: body),
            body["source"] == "idds", let path = body["path"]?.string
        else { return HostReply(status: 2, body: Array(#"{"message":"no such source"}"#.utf8)) }
        let answer = answers.answer(method: "GET", path: "/rubin/idds" + path, query: nil)
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
