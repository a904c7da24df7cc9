import JSON
import PluginKit

/// A host whose sources all answer in one way.
struct FixedHost: HostCalling {
    let status: Int32
    var reply: JSONValue = ["message": "It did not work."]

    func invoke(_ operation: String, body: [UInt8]) async -> HostReply {
        HostReply(status: status, body: reply.serialized)
    }

    func progress(done: Double, total: Double?, note: String) {}

    func log(_ level: LogLevel, _ message: String) {}
}
