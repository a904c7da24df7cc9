package import GatewayCore

/// How an operation of a data source ended: a fixed set, fit for a metric label.
package enum SourceOutcome: String, Hashable, Sendable, CaseIterable {
    case answered = "ok"
    case invalid
    case rejected
    case unavailable
    /// A message that may have arrived and may not.
    case unconfirmed
    /// A message that arrived and had no answer.
    case unanswered
    /// Not asked, as the source has not answered lately.
    case down
    case timeout
    case tooLarge = "too_large"
    case cancelled
    case unsupported
    /// There was nothing with which to ask for the caller.
    case noCredential = "no_credential"

    package init(_ error: SourceError) {
        self =
            switch error {
            case .invalid: .invalid
            case .rejected: .rejected
            case .unavailable: .unavailable
            case .unconfirmed: .unconfirmed
            case .unanswered: .unanswered
            case .down: .down
            case .timeout: .timeout
            case .tooLarge: .tooLarge
            case .cancelled: .cancelled
            case .unsupported: .unsupported
            case .noCredential: .noCredential
            }
    }
}
