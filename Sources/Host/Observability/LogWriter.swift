import Dispatch
import GatewayCore
import Synchronization

/// Writes log lines behind the back of whoever logs: a slow reader of standard error holds up nobody.
///
/// Lines are written in the order they came, in batches, at most `delay` after the first of a batch while the reader
/// keeps up. What finds the queue full is lost and counted; a line in the log says so when there is room again.
package final class LogWriter: Sendable {
    /// What is yet to be written.
    private enum Entry: Sendable {
        case line([UInt8])
        /// Turned into a line only when it is written, which costs more than all the rest.
        case call(AuditEvent, LogTime)
    }

    private struct State {
        var entries: [Entry] = []
        /// How many entries of the batch that is being written are not yet.
        var writing = 0
        var isScheduled = false
        /// Lost since the last line that said so.
        var unreported: UInt64 = 0
    }

    private let format: LogFormat
    private let capacity: Int
    private let delay: Duration
    private let write: @Sendable ([UInt8]) -> Void
    private let queue = DispatchQueue(label: "beamline.log")
    private let state = Mutex(State())
    private let lost = Counter()

    /// - Parameters:
    ///   - format: of the lines for calls, and of the one that tells of losses.
    ///   - capacity: how many lines may wait, from 1.
    ///   - delay: how long a line may wait for others to be written with it.
    ///   - write: takes whole lines; runs on a thread of the writer's own and may block.
    package init(
        format: LogFormat,
        capacity: Int = 8192,
        delay: Duration = .milliseconds(50),
        write: @escaping @Sendable ([UInt8]) -> Void = StandardError.write
    ) {
        self.format = format
        self.capacity = max(1, capacity)
        self.delay = delay
        self.write = write
    }

    /// How many lines were lost since the start.
    package var lostLines: UInt64 { lost.value }

    /// How many lines wait to be written.
    package var waitingLines: Int { state.withLock { $0.entries.count + $0.writing } }

    /// Takes a line with its line break; returns at once.
    package func submit(_ line: [UInt8]) {
        append(.line(line))
    }

    /// Takes a call for the request log; returns at once.
    func submit(_ event: AuditEvent) {
        append(.call(event, .now()))
    }

    /// Returns when everything taken before is written, but no later than after `limit`.
    package func flush(within limit: Duration = .seconds(1)) async {
        let isDone = SetOnce<Counter>()
        await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
            let resume: @Sendable () -> Void = {
                let mine = Counter()
                if isDone.set(mine) === mine { continuation.resume() }
            }
            queue.async { [self] in
                drain()
                resume()
            }
            DispatchQueue.global().asyncAfter(deadline: .now() + (limit / .seconds(1)), execute: resume)
        }
    }

    private func append(_ entry: Entry) {
        let mustSchedule: Bool? = state.withLock { state in
            guard state.entries.count + state.writing < capacity else {
                state.unreported += 1
                return nil
            }
            state.entries.append(entry)
            defer { state.isScheduled = true }
            return !state.isScheduled
        }
        guard let mustSchedule else {
            lost.increment()
            return
        }
        if mustSchedule {
            queue.asyncAfter(deadline: .now() + (delay / .seconds(1))) { [self] in drain() }
        }
    }

    /// Writes what there is; on the queue only.
    private func drain() {
        let (entries, unreported) = state.withLock { state in
            let batch = (state.entries, state.unreported)
            state.writing = state.entries.count
            state.entries = []
            state.unreported = 0
            state.isScheduled = false
            return batch
        }
        var bytes: [UInt8] = []
        for entry in entries {
            bytes += self.bytes(of: entry)
            guard bytes.count >= Self.chunkBytes else { continue }
            write(bytes)
            bytes.removeAll(keepingCapacity: true)
        }
        if unreported > 0 { bytes += lossLine(unreported) }
        if !bytes.isEmpty { write(bytes) }
        state.withLock { $0.writing = 0 }
    }

    private func bytes(of entry: Entry) -> [UInt8] {
        switch entry {
        case .line(let line): line
        case .call(let event, let time): RequestLog.line(event, time).bytes(format)
        }
    }

    private func lossLine(_ count: UInt64) -> [UInt8] {
        LogLine(
            time: .now(),
            level: "warning",
            label: "beamline.log",
            message: "log lines lost",
            fields: [("count", .text(String(count)))]
        ).bytes(format)
    }

    /// So much is written at once, in bytes.
    private static let chunkBytes = 64 << 10
}
