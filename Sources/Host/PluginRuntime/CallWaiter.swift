/// Who hears how a call ends.
enum CallWaiter: Sendable {
    /// A task: it hears as soon as the host ends the call.
    case task(CheckedContinuation<CallOutcome, Never>)
    /// The other end of a socket: it hears when the plugin owes nothing more for the call.
    case relay(@Sendable (CallOutcome) -> Void)

    func hear(_ outcome: CallOutcome) {
        switch self {
        case .task(let continuation): continuation.resume(returning: outcome)
        case .relay(let hear): hear(outcome)
        }
    }
}
