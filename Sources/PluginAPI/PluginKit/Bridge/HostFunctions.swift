import CPluginAPI
import JSON

/// The host's table of functions, as one instance was given it.
///
/// The pointer stays valid for the life of the process and its functions may be called from any thread: that is the
/// contract of `plugin_api.h`, and why sharing it is safe.
@safe struct HostFunctions: @unchecked Sendable {
    private let table: UnsafePointer<beam_host>

    init(_ table: UnsafePointer<beam_host>) {
        unsafe self.table = unsafe table
    }

    func log(_ call: beam_call, _ level: LogLevel, _ message: String) {
        unsafe beam_str.lending(message) { message in
            unsafe table.pointee.log?(table, call, level.rawValue, message, beam_str())
        }
    }

    func progress(_ call: beam_call, _ done: Double, _ total: Double?, _ note: String) {
        unsafe beam_str.lending(note) { note in
            _ = unsafe table.pointee.progress?(table, call, done, total ?? 0, note)
        }
    }

    func emit(_ call: beam_call, _ kind: UInt32, _ body: [UInt8]) {
        unsafe beam_str.lending(body) { body in
            _ = unsafe table.pointee.emit?(table, call, kind, body)
        }
    }

    /// Tells the host of a change, on behalf of no call.
    func notify(_ kind: UInt32, _ body: JSONValue) {
        unsafe beam_str.lending(body.serialized) { body in
            unsafe table.pointee.notify?(table, kind, body)
        }
    }

    /// Ends a call; whatever comes back, the call is used up.
    func complete(
        _ call: beam_call,
        status: Int32,
        isError: Bool = false,
        structured: [UInt8],
        content: [UInt8] = []
    ) {
        unsafe beam_str.lending(structured) { structured in
            unsafe beam_str.lending(content) { content in
                var result = unsafe beam_result(
                    struct_size: UInt64(MemoryLayout<beam_result>.size),
                    status: status,
                    flags: isError ? BEAM_R_IS_ERROR : 0,
                    structured: structured,
                    content: content,
                    meta: beam_str()
                )
                _ = unsafe table.pointee.complete?(table, call, &result)
            }
        }
    }

    /// Starts a service operation; returns the status and, when it is OK, the operation's own call id.
    ///
    /// On success exactly one reply comes, on a thread of the host's, never inside this call.
    func invoke(
        parent: beam_call,
        operation: String,
        body: [UInt8],
        reply: @escaping @Sendable (HostReply) -> Void
    ) -> (status: Int32, call: beam_call) {
        let box = unsafe Unmanaged.passRetained(ReplyBox(reply))
        var call: beam_call = 0
        let status = unsafe beam_str.lending(operation) { operation in
            unsafe beam_str.lending(body) { body in
                unsafe table.pointee.invoke?(table, parent, operation, body, receiveReply, box.toOpaque(), &call)
                    ?? BEAM_UNSUPPORTED
            }
        }
        if status != BEAM_OK { unsafe box.release() }
        return (status, call)
    }

    func abort(_ call: beam_call) {
        unsafe table.pointee.abort?(table, call)
    }
}

/// Carries the closure that waits for one reply through the C call.
private final class ReplyBox: Sendable {
    let deliver: @Sendable (HostReply) -> Void

    init(_ deliver: @escaping @Sendable (HostReply) -> Void) {
        self.deliver = deliver
    }
}

/// The one reply an accepted invoke is owed.
private func receiveReply(_ user: UnsafeMutableRawPointer?, _ status: beam_status, _ body: beam_str) {
    guard let user = unsafe user else { return }
    let box = unsafe Unmanaged<ReplyBox>.fromOpaque(user).takeRetainedValue()
    box.deliver(HostReply(status: status, body: unsafe body.copied))
}
