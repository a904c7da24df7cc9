/// What a provider tells the caller before it answers.
package enum CallEvent: Hashable, Sendable {
    /// How far the call has come; `total` when it is known, and a short note for people.
    case progress(done: Double, total: Double?, note: String?)
    case message(CallMessage)
}
