import CPluginAPI
import GatewayCore

/// The C functions of `beam_host`.
///
/// None captures anything: everything is behind the table's `context`.
enum HostFunctions {
    typealias Host = UnsafePointer<beam_host>

    /// Runs what a plugin asked for on the object behind its table; a table that is not ours answers with `otherwise`.
    private static func endpoint(_ host: Host?) -> HostEndpoint? {
        guard let context = unsafe host?.pointee.context else { return nil }
        return unsafe Unmanaged<HostEndpoint>.fromOpaque(context).takeUnretainedValue()
    }

    static let getInterface: @convention(c) (Host?, UnsafePointer<CChar>?) -> UnsafeRawPointer? = { _, _ in nil }

    static let log: @convention(c) (Host?, beam_call, UInt32, beam_str, beam_str) -> Void = {
        host,
        call,
        level,
        message,
        fields in
        unsafe endpoint(host)?.log(
            PluginLogLine(
                level: Int(min(level, 6)),
                message: String(decoding: unsafe message.prefix(8 << 10), as: UTF8.self),
                fields: unsafe fields.copied(atMost: 16 << 10) ?? [],
                call: call
            )
        )
    }

    static let complete: @convention(c) (Host?, beam_call, UnsafePointer<beam_result>?) -> beam_status = {
        host,
        call,
        result in
        unsafe (endpoint(host)?.complete(call, result) ?? .stale).rawValue
    }

    static let emit: @convention(c) (Host?, beam_call, UInt32, beam_str) -> beam_status = { host, call, kind, body in
        unsafe (endpoint(host)?.emit(call, kind: kind, body) ?? .stale).rawValue
    }

    static let progress: @convention(c) (Host?, beam_call, Double, Double, beam_str) -> beam_status = {
        host,
        call,
        done,
        total,
        note in
        unsafe (endpoint(host)?.progress(call, done: done, total: total, note) ?? .stale).rawValue
    }

    static let poll: @convention(c) (Host?, beam_call) -> beam_status = { host, call in
        unsafe (endpoint(host)?.registry.poll(call) ?? .stale).rawValue
    }

    static let notify: @convention(c) (Host?, UInt32, beam_str) -> Void = { host, kind, body in
        unsafe endpoint(host)?.notify(kind: kind, body)
    }

    static let invoke:
        @convention(c) (
            Host?, beam_call, beam_str, beam_str, beam_reply?, UnsafeMutableRawPointer?,
            UnsafeMutablePointer<beam_call>?
        ) -> beam_status = { host, parent, operation, body, reply, user, out in
            unsafe out?.pointee = 0
            guard let endpoint = unsafe endpoint(host) else { return PluginStatus.stale.rawValue }
            guard let reply = unsafe reply else { return PluginStatus.invalidArgument.rawValue }
            switch unsafe endpoint.prepareInvocation(parent: parent, operation, body) {
            case .failure(let refusal):
                return refusal.status.rawValue
            case .success(let invocation):
                // Before the operation starts, so that it is there before any reply.
                unsafe out?.pointee = invocation.number
                let pending = unsafe PendingReply(function: reply, user: user)
                endpoint.start(invocation) { pending.give($0, $1) }
                return PluginStatus.ok.rawValue
            }
        }

    static let abort: @convention(c) (Host?, beam_call) -> Void = { host, call in
        unsafe endpoint(host)?.abort(call)
    }
}
