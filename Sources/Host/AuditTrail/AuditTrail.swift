import Dispatch
import FoundationEssentials
package import GatewayCore
import Observability
import Synchronization

/// Keeps a trail of all calls in files: who, what, how it ended, in lines that follow from each other.
///
/// Lines are written in batches, at most `delay` after the first of a batch. A call never waits for it: what finds the
/// queue full, or cannot be written, is lost, counted, and told of in the trail as soon as it can be.
package final class AuditTrail: Auditing {
    private struct State {
        var waiting: [AuditRecord] = []
        var writing = 0
        var isScheduled = false
        var unreported: UInt64 = 0
        var lost: UInt64 = 0
        var settings: AuditSettings
        /// Why the last batch could not be written.
        var failure: AuditFailure?
    }

    private let writer: AuditWriter
    private let delay: Duration
    private let queue = DispatchQueue(label: "beamline.audit")
    private let state: Mutex<State>

    /// Opens the trail and goes on after its last line.
    /// - Throws: `AuditFailure` when the folder or its last file cannot be used.
    package init(
        _ settings: AuditSettings,
        version: String,
        delay: Duration = .milliseconds(100)
    ) throws(AuditFailure) {
        writer = try AuditWriter(settings, version: version)
        self.delay = delay
        state = Mutex(State(settings: settings))
    }

    /// How many calls were lost since the start.
    package var lostCalls: UInt64 { state.withLock { $0.lost } }

    /// How many calls wait to be written.
    package var waitingCalls: Int { state.withLock { $0.waiting.count + $0.writing } }

    /// Why nothing can be written now; nil when it can.
    package var failure: String? { state.withLock { $0.failure?.description } }

    /// Goes on under other settings; the folder stays.
    package func adopt(_ settings: AuditSettings) {
        state.withLock { $0.settings = settings }
    }

    package func record(_ event: AuditEvent) {
        add(.call(event.withoutArguments, AuditedArguments(event.arguments), .now()))
    }

    package func record(_ act: AuditedAct) { add(.act(act, .now())) }

    private func add(_ record: AuditRecord) {
        let mustSchedule: Bool = state.withLock { state in
            guard state.waiting.count + state.writing < state.settings.waiting else {
                state.unreported += 1
                state.lost += 1
                return false
            }
            state.waiting.append(record)
            defer { state.isScheduled = true }
            return !state.isScheduled
        }
        if mustSchedule {
            queue.asyncAfter(deadline: .now() + (delay / .seconds(1))) { [self] in drain() }
        }
    }

    /// Returns when everything taken before is written or lost.
    package func flush() async {
        await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
            queue.async { [self] in
                drain()
                continuation.resume()
            }
        }
    }

    /// Writes what there is; on the queue only.
    private func drain() {
        let (records, lost, settings) = state.withLock { state in
            var records = state.waiting
            if state.unreported > 0 { records.append(.lost(state.unreported, .now())) }
            let lost = state.unreported
            state.writing = state.waiting.count
            state.waiting = []
            state.unreported = 0
            state.isScheduled = false
            return (records, lost, state.settings)
        }
        guard !records.isEmpty else { return }
        var failure: AuditFailure?
        do throws(AuditFailure) {
            try writer.write(records, settings)
        } catch {
            failure = error
        }
        state.withLock { state in
            let calls = UInt64(state.writing)
            state.writing = 0
            state.failure = failure
            guard failure != nil else { return }
            state.lost += calls
            state.unreported += calls + lost
        }
    }
}
