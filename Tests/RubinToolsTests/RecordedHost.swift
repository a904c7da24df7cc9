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

/// The recorded iDDS after somebody named runs, labels and themselves to act on who reads of them.
struct HostileHost: HostCalling {
    let recorded: RecordedHost

    func invoke(_ operation: String, body: [UInt8]) async -> HostReply {
        let reply = await recorded.invoke(operation, body: body)
        guard let answer = try? JSONValue(parsing: reply.body) else { return reply }
        return HostReply(status: reply.status, body: renamed(answer).serialized)
    }

    func progress(done: Double, total: Double?, note: String) {}

    func log(_ level: LogLevel, _ message: String) {}

    private func renamed(_ value: JSONValue) -> JSONValue {
        if let elements = value.array { return .array(elements.map(renamed)) }
        guard let members = value.object?.members else { return value }
        var object = JSONObject()
        for member in members {
            switch (member.name, member.value.string) {
            case ("name", .some), ("username", .some): object[member.name] = .string(EdgeCases.hostileText)
            case ("transform_name", let name?): object[member.name] = .string(name + EdgeCases.hostileText)
            default: object[member.name] = renamed(member.value)
            }
        }
        return .object(object)
    }
}
