/// What the questions of one call may cost.
package struct QuestionLimits: Hashable, Sendable {
    /// How long a question may stay unanswered.
    package var lifetime: Duration
    /// How often one call may ask.
    package var rounds: Int
    /// How large all answers of one call may be together, in bytes.
    package var answerBytes: Int

    package init(lifetime: Duration = .seconds(600), rounds: Int = 16, answerBytes: Int = 64 << 10) {
        self.lifetime = lifetime
        self.rounds = max(1, rounds)
        self.answerBytes = max(0, answerBytes)
    }
}
