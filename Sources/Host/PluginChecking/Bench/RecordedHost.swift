import GatewayCore
import PluginRuntime

/// The gateway around a plugin that is measured: answers as recorded, and hears nothing.
struct RecordedHost: HostServing, PluginObserver {
    let recordings: Recordings

    func serve(_ request: ServiceRequest) async -> ServiceReply {
        let body = String(decoding: request.body, as: UTF8.self)
        let answer = recordings.answers.first { answer in
            (answer.operation ?? request.operation) == request.operation
                && (answer.contains.map { body.contains($0) } ?? true)
        }
        guard let answer else {
            return ServiceReply(
                status: .unavailable,
                body: Array(#"{"message":"There is no recorded answer."}"#.utf8)
            )
        }
        return ServiceReply(status: answer.status, body: answer.body)
    }

    func logged(_ line: PluginLogLine) {}
    func listsChanged(_ body: [UInt8]) {}
    func resourceUpdated(_ body: [UInt8]) {}
    func misbehaved(_ misbehaviour: PluginMisbehaviour) {}
}
