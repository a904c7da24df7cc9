import Dispatch
import FoundationEssentials
package import GatewayCore
import Synchronization

/// Remembers which call gave which result, in a file of its own.
///
/// A call hands over what it has and goes on. Hashing and writing come later, on one queue, in batches at most `delay`
/// after the first of a batch; what finds too much waiting, or cannot be written, is lost and counted. A question waits
/// for what was handed over before it.
package final class ProvenanceBook: ProvenanceKeeping {
    private struct Waiting {
        let answer: AnsweredCall
        let time: Int64
        let bytes: Int
    }

    private struct State {
        var waiting: [Waiting] = []
        var bytes = 0
        var writing = 0
        var isScheduled = false
        var lost: UInt64 = 0
        var settings: ProvenanceSettings
        var isFailing = false
    }

    /// How often the oldest are forgotten at least, in milliseconds; also after a part of all that are remembered.
    private static let forgetsEvery: Int64 = 60_000
    private static let forgetsAfterPart = 10

    private struct Forgotten {
        var at = Int64.min
        var writtenSince = 0
    }

    private let file: ProvenanceFile
    private let delay: Duration
    private let now: @Sendable () -> Int64
    private let queue = DispatchQueue(label: "beamline.provenance")
    private let state: Mutex<State>
    private let forgotten = Mutex(Forgotten())

    /// Opens the file.
    /// - Parameters:
    ///   - settings: Where it is and how much it holds.
    ///   - delay: How long a result waits at most.
    ///   - now: Milliseconds since 1970.
    /// - Throws: `ProvenanceError` when the file cannot be used.
    package init(
        _ settings: ProvenanceSettings,
        delay: Duration = .milliseconds(100),
        now: @escaping @Sendable () -> Int64 = { Int64((Date().timeIntervalSince1970 * 1000).rounded(.down)) }
    ) throws(ProvenanceError) {
        file = try ProvenanceFile(path: settings.path)
        self.delay = delay
        self.now = now
        state = Mutex(State(settings: settings))
    }

    /// How many results were lost since the start.
    package var lostResults: UInt64 { state.withLock { $0.lost } }

    /// How many results wait to be written.
    package var waitingResults: Int { state.withLock { $0.waiting.count + $0.writing } }

    /// Whether the last batch could not be written.
    package var isFailing: Bool { state.withLock { $0.isFailing } }

    /// Goes on under other settings; the file stays.
    package func adopt(_ settings: ProvenanceSettings) {
        state.withLock { $0.settings = settings }
    }

    package func keep(_ answer: AnsweredCall) {
        let bytes = answer.structured.count + answer.content.count + (answer.arguments?.count ?? 0)
        let entry = Waiting(answer: answer.alone, time: now(), bytes: bytes)
        let mustSchedule: Bool = state.withLock { state in
            guard state.waiting.count + state.writing < state.settings.waiting,
                state.bytes + bytes <= state.settings.waitingBytes
            else {
                state.lost += 1
                return false
            }
            state.waiting.append(entry)
            state.bytes += bytes
            defer { state.isScheduled = true }
            return !state.isScheduled
        }
        if mustSchedule {
            queue.asyncAfter(deadline: .now() + (delay / .seconds(1))) { [self] in drain() }
        }
    }

    package func finding(
        _ id: ProvenanceID,
        of principal: Principal,
        values: [String]
    ) async -> ProvenanceFinding {
        await flush()
        let oldest = now() - Self.milliseconds(state.withLock { $0.settings.retention })
        do {
            let row = try await file.row(
                ProvenanceRow.digest(of: id),
                issuer: principal.issuer,
                subject: principal.subject,
                since: oldest
            )
            return row.map { .known($0.known(holding: values, of: id)) } ?? .unknown
        } catch {
            return .unavailable
        }
    }

    /// Returns when everything handed over before is written or lost.
    package func flush() async {
        await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
            queue.async { [self] in
                drain()
                continuation.resume()
            }
        }
    }

    /// Writes what there is and closes the file.
    package func close() async {
        await flush()
        file.close()
    }

    /// Writes what there is; on the queue only.
    private func drain() {
        let (entries, settings) = state.withLock { state in
            let entries = state.waiting
            state.writing = entries.count
            state.waiting = []
            state.isScheduled = false
            return (entries, state.settings)
        }
        guard !entries.isEmpty else { return }
        let isWritten = write(entries, settings)
        state.withLock { state in
            state.writing = 0
            state.bytes -= entries.reduce(0) { $0 + $1.bytes }
            state.isFailing = !isWritten
            if !isWritten { state.lost += UInt64(entries.count) }
        }
    }

    private func write(_ entries: [Waiting], _ settings: ProvenanceSettings) -> Bool {
        let rows = entries.map {
            ProvenanceRow($0.answer, at: $0.time, valuesPerResult: settings.valuesPerResult)
        }
        let now = now()
        do {
            try file.add(rows)
            let isDue = forgotten.withLock { forgotten in
                forgotten.writtenSince += rows.count
                guard
                    forgotten.at == .min || now - forgotten.at >= Self.forgetsEvery
                        || forgotten.writtenSince >= settings.results / Self.forgetsAfterPart
                else { return false }
                forgotten = Forgotten(at: now)
                return true
            }
            if isDue {
                try file.forget(before: now - Self.milliseconds(settings.retention), beyond: settings.results)
            }
            return true
        } catch {
            return false
        }
    }

    private static func milliseconds(_ duration: Duration) -> Int64 { Int64(duration / .milliseconds(1)) }
}

extension AnsweredCall {
    /// The same with a copy of the arguments: what the client sent besides would wait with a part of it.
    fileprivate var alone: AnsweredCall {
        AnsweredCall(
            id: id,
            requestID: requestID,
            principal: principal,
            item: item,
            name: name,
            arguments: arguments.map { Array($0)[...] },
            structured: structured,
            content: content,
            isError: isError
        )
    }
}
