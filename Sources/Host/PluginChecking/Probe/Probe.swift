import CFakeHost
import CPluginAPI
import GatewayCore
import Glibc
import Synchronization

/// One instance of a plugin, and the host made for it that counts and guards.
///
/// Its functions block. Call them from one thread.
@safe final class Probe: Sendable {
    // A host is never freed, and its functions lock.
    private nonisolated(unsafe) let host: OpaquePointer
    private let taken = Mutex<Set<UInt64>>([])

    init(_ mode: ProbeMode) {
        unsafe host = beam_fake_new(mode.rawValue)
    }

    /// A table to show to an entry point.
    static func tableForChecks() -> UnsafePointer<beam_host>? {
        unsafe beam_fake_table(beam_fake_new(ProbeMode.guarded.rawValue))
    }

    /// Makes the plugin's instance.
    /// - Returns: the number the plugin returned; `internal` for OK without an instance.
    func create(_ library: ProbeLibrary, configuration: [UInt8]) -> Int32 {
        unsafe beam_fake_create(host, library.plugin, text(configuration))
    }

    /// Sends a request.
    /// - Returns: the number `submit` returned, and the call it has taken.
    func submit(_ request: ProbeRequest, context: [UInt8]? = nil, within limit: Duration) -> (Int32, call: UInt64?) {
        var call: UInt64 = 0
        let name = request.name
        let number: Int32
        let body = text(request.body)
        if let context = context.map(text) {
            number = unsafe beam_fake_submit(
                host,
                request.method,
                name,
                body,
                context,
                limit.wholeMilliseconds,
                &call
            )
        } else {
            number = unsafe beam_fake_submit(host, request.method, name, body, nil, limit.wholeMilliseconds, &call)
        }
        guard call != 0 else { return (number, nil) }
        remember([call])
        return (number, call)
    }

    /// The calls the plugin has taken and whose end was not waited for.
    var openCalls: Set<UInt64> { taken.withLock { $0 } }

    private func remember(_ calls: [UInt64]) {
        taken.withLock { $0.formUnion(calls) }
    }

    /// Waits for a call's end.
    ///
    /// What was known of it is forgotten; a call that did not end stays open.
    func result(of call: UInt64, within limit: Duration) -> ProbeResult {
        guard unsafe beam_fake_wait(host, call, limit.wholeMilliseconds) != 0 else {
            return ProbeResult(refused: PluginStatus.timeout.rawValue)
        }
        let result = unsafe beam_fake_result_of(host, call)
        defer { unsafe beam_fake_forget(host, call) }
        taken.withLock { _ = $0.remove(call) }
        return unsafe ProbeResult(
            isCompleted: true,
            number: result.status,
            flags: result.flags,
            structured: bytes(result.structured, result.structured_len),
            content: bytes(result.content, result.content_len),
            meta: bytes(result.meta, result.meta_len)
        )
    }

    /// Sends a request and waits for its end.
    func perform(_ request: ProbeRequest, context: [UInt8]? = nil, within limit: Duration) -> ProbeResult {
        let (number, call) = submit(request, context: context, within: limit)
        guard let call else {
            return ProbeResult(refused: number)
        }
        return result(of: call, within: limit)
    }

    func cancel(_ call: UInt64, why: PluginStatus) {
        unsafe beam_fake_cancel(host, call, why.rawValue)
    }

    /// Sends requests from several threads at once.
    /// - Returns: the calls that were taken, by the request's position.
    func together(threads: Int, _ requests: [ProbeRequest]) -> [UInt64?] {
        var calls = [UInt64](repeating: 0, count: requests.count)
        let lent = unsafe requests.map { request in
            unsafe beam_fake_request(
                method: request.method,
                name: UnsafePointer(strdup(request.name)),
                body: UnsafePointer(strdup(text(request.body)))
            )
        }
        defer {
            unsafe lent.forEach { request in
                unsafe free(UnsafeMutablePointer(mutating: request.name))
                unsafe free(UnsafeMutablePointer(mutating: request.body))
            }
        }
        unsafe beam_fake_together(host, UInt32(threads), lent, lent.count, &calls)
        remember(calls.filter { $0 != 0 })
        return calls.map { $0 == 0 ? nil : $0 }
    }

    func answer(_ answer: Recordings.Answer) {
        let body = text(answer.body)
        switch (answer.operation, answer.contains) {
        case (let operation?, let part?): unsafe beam_fake_answer(host, operation, part, answer.status.rawValue, body)
        case (let operation?, nil): unsafe beam_fake_answer(host, operation, nil, answer.status.rawValue, body)
        case (nil, let part?): unsafe beam_fake_answer(host, nil, part, answer.status.rawValue, body)
        case (nil, nil): unsafe beam_fake_answer(host, nil, nil, answer.status.rawValue, body)
        }
    }

    /// Answers every message and step of progress with this status from now on.
    func refuseEvents(with status: PluginStatus) {
        unsafe beam_fake_events(host, status.rawValue)
    }

    func destroy() {
        unsafe beam_fake_destroy(host)
    }

    var counts: ProbeCounts {
        let counts = unsafe beam_fake_counts_of(host)
        return ProbeCounts(
            completed: counts.completed,
            stale: counts.stale,
            refused: counts.refused,
            unreadable: counts.unreadable,
            misplaced: counts.misplaced,
            emitted: counts.emitted,
            progressed: counts.progressed,
            invoked: counts.invoked,
            early: counts.early,
            late: counts.late,
            stopped: counts.stopped
        )
    }

    private func text(_ bytes: [UInt8]) -> String {
        String(decoding: bytes, as: UTF8.self)
    }

    private func bytes(_ start: UnsafePointer<CChar>?, _ count: UInt64) -> [UInt8] {
        unsafe Array(UnsafeRawBufferPointer(start: start, count: Int(count)))
    }
}

extension Duration {
    /// The length in whole milliseconds, rounded up.
    var wholeMilliseconds: Int64 {
        let (seconds, attoseconds) = components
        return seconds * 1000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
    }
}
