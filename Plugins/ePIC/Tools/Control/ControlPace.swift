import PluginKit

/// How a command is followed until its effect shows.
///
/// The runners of all testbeds read one queue. A message goes to one of them, and one of another testbed drops it, so a
/// command without effect is sent again, as often as there are runners: brokers serve them in turn. What a runner has begun
/// already, it does not begin twice.
package struct ControlPace: Sendable {
    /// How often a command is sent at most.
    let attempts: Int
    /// How often is looked for its effect after each time.
    let looks: Int
    let interval: Duration
    let pause: @Sendable (Duration) async -> Void

    /// Creates a pace; `pause` waits, and ends early when the call is cancelled.
    package init(
        attempts: Int = 5,
        looks: Int = 8,
        interval: Duration = .milliseconds(250),
        pause: @escaping @Sendable (Duration) async -> Void = { try? await Task.sleep(for: $0, clock: .suspending) }
    ) {
        self.attempts = attempts
        self.looks = looks
        self.interval = interval
        self.pause = pause
    }

    /// How long a command may lie in its queue, in seconds: none is to begin when nobody waits for it any more.
    var lifetimeSeconds: Int {
        Int(interval * (attempts * looks) / .seconds(1)) + 5
    }

    /// What became of a command.
    struct Outcome<Effect: Sendable>: Sendable {
        /// Nil when none showed.
        let effect: Effect?
        /// How often the broker took it.
        let sent: Int
        /// What the broker's last refusal was.
        let failure: ToolError?
    }

    /// The most copies at a time.
    static let mostCopies = 8

    /// Sends until there is an effect; `copies` is how many a repetition has.
    /// - Throws: what `look` throws, and what `send` does when nothing was sent and nothing happened.
    func follow<Effect: Sendable>(
        copies: Int,
        send: () async throws(ToolError) -> Void,
        look: () async throws(ToolError) -> Effect?
    ) async throws(ToolError) -> Outcome<Effect> {
        var sent = 0
        var failure: ToolError?
        for attempt in 0..<attempts {
            do {
                for _ in 0..<(attempt == 0 ? 1 : min(max(1, copies), Self.mostCopies)) {
                    try await send()
                    sent += 1
                }
                failure = nil
            } catch {
                guard error != TestbedBroker.absent, error.code == .unavailable || error.code == .timeout else {
                    throw error
                }
                failure = error
            }
            for _ in 0..<looks {
                await pause(interval)
                guard !Task.isCancelled else { throw ToolError(.cancelled, "The call was cancelled.") }
                if let effect = try await look() { return Outcome(effect: effect, sent: sent, failure: failure) }
            }
            // It may have arrived all the same, but then it had its time.
            if sent == 0, let failure { throw failure }
            // Two that send in step would meet the same runners each time.
            await pause(interval * Double.random(in: 0..<1))
        }
        return Outcome(effect: nil, sent: sent, failure: failure)
    }
}
