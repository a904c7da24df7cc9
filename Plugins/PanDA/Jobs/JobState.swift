/// The states of a PanDA job.
package enum JobState {
    /// State → what it means, in the order a job passes through them.
    static let meanings: [(state: String, meaning: String)] = [
        ("pending", "generated, not yet defined"),
        ("defined", "ready; global input movement may start"),
        ("waiting", "waiting for input or a slot in brokerage (legacy)"),
        ("assigned", "input moving to nearby storage"),
        ("throttled", "held back from being dispatched"),
        ("activated", "input in place; a pilot may take it"),
        ("sent", "handed to a pilot"),
        ("starting", "taken but not started (last-mile stage-in, or queued in the batch system for push queues)"),
        ("running", "payload processing"),
        ("holding", "payload over, slot released, output locally stored; server finalising"),
        ("merging", "output being merged"),
        ("transferring", "output on its way to the final destination"),
        ("finished", "success, output in place"),
        ("failed", "failed in execution or data handling"),
        ("cancelled", "aborted by a person or command"),
        ("closed", "ended by the system before it ran"),
    ]

    /// States a job never leaves.
    static let final: Set<String> = ["finished", "failed", "cancelled", "closed"]

    /// States whose payload is over; in any other an end time that a source tells is none.
    private static let payloadIsOver = final.union(["holding", "merging", "transferring"])

    /// What a state means; nil for one this table does not have.
    package static func meaning(of state: String) -> String? {
        meanings.first { $0.state == state }?.meaning
    }

    /// Whether a job in this state has ended.
    package static func isFinal(_ state: String) -> Bool {
        final.contains(state)
    }

    /// Whether the payload of a job in this state has ended.
    package static func isPayloadOver(_ state: String) -> Bool {
        payloadIsOver.contains(state)
    }
}
