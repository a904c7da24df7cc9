package import GatewayCore
import JSON

/// What a call has said and its client has not been sent yet: bounded, whatever the call says and however slow the
/// client is.
///
/// Progress only grows, and waits its time; of what waits, the latest counts. Where the site lets it wait no time, every
/// step is kept as messages are. Of messages the oldest are lost, and the client is told how many.
package struct EventQueue: Sendable {
    package typealias Instant = SuspendingClock.Instant

    private let wantsProgress: Bool
    private let severity: Severity?
    private let limits: StreamLimits

    private var messages: [CallMessage] = []
    private var bytes = 0
    private var lost = 0
    private var progress: [CallEvent] = []
    /// How far the call said it had come, sent or not.
    private var done: Double?
    /// When progress may be sent again.
    private var nextProgress: Instant?

    package init(wantsProgress: Bool, severity: Severity?, limits: StreamLimits) {
        self.wantsProgress = wantsProgress
        self.severity = severity
        self.limits = limits
    }

    /// Takes one event, or drops it when it was not asked for.
    /// - Returns: whether something may be sent earlier than before.
    package mutating func hear(_ event: CallEvent) -> Bool {
        switch event {
        case .progress(let done, let total, let note): hear(done: done, total: total, note: note)
        case .message(let message): hear(message)
        }
    }

    private mutating func hear(done: Double, total: Double?, note: String?) -> Bool {
        guard wantsProgress, done.isFinite, self.done.map({ done > $0 }) ?? true else { return false }
        self.done = done
        let isFirst = progress.isEmpty
        let usable = total.flatMap { $0.isFinite && $0 > 0 ? $0 : nil }
        if progress.count >= mostProgress { progress.removeFirst() }
        progress.append(.progress(done: done, total: usable, note: note))
        return isFirst
    }

    private mutating func hear(_ message: CallMessage) -> Bool {
        guard let severity, message.severity >= severity else { return false }
        let wasEmpty = messages.isEmpty && lost == 0
        messages.append(message)
        bytes += message.size
        var excess = 0
        while bytes > limits.bufferBytes, excess < messages.count {
            bytes -= messages[excess].size
            excess += 1
        }
        messages.removeFirst(excess)
        lost += excess
        return wasEmpty
    }

    /// When something may be sent; nil when there is nothing.
    package func due(at now: Instant) -> Instant? {
        if !messages.isEmpty || lost > 0 { return now }
        guard !progress.isEmpty else { return nil }
        return max(now, nextProgress ?? now)
    }

    /// Takes out what may be sent now; at the end of a call, everything.
    package mutating func take(at now: Instant, isEnd: Bool = false) -> [CallEvent] {
        var events: [CallEvent] = []
        if lost > 0 { events.append(.message(notice)) }
        events += messages.map(CallEvent.message)
        messages = []
        bytes = 0
        lost = 0
        if !progress.isEmpty, isEnd || nextProgress.map({ $0 <= now }) ?? true {
            events += progress
            progress = []
            nextProgress = now.advanced(by: limits.progressInterval)
        }
        return events
    }

    /// How many steps wait at most: as many as fit beside messages where every one counts.
    private var mostProgress: Int { limits.progressInterval == .zero ? max(1, limits.bufferBytes / 1024) : 1 }

    private var notice: CallMessage {
        let text = JSONValue.string("Messages lost here because they came faster than they were read: \(lost).")
        return CallMessage(max(.warning, severity ?? .warning), logger: "beamline", data: text.serialized)
    }
}

extension CallMessage {
    /// What one message costs beside its text, about.
    private static let overhead = 64

    /// About how much memory it holds, in bytes.
    fileprivate var size: Int { data.count + (logger?.utf8.count ?? 0) + Self.overhead }
}
