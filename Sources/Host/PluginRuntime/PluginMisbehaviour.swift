/// What a plugin did against its contract.
///
/// For the operator and the metrics.
package enum PluginMisbehaviour: Hashable, Sendable {
    /// It completed calls that are unknown or were completed before; so many so far.
    case staleCompletions(UInt64)
    /// It completed a call whose `submit` it then refused.
    case completedAndRefused(item: String)
    case malformedResult(item: String, reason: String)
    case resultTooLarge(item: String, bytes: UInt64)
    /// A call was not completed within the grace period after it was cancelled; so many are lost now.
    case ignoredCancel(item: String, lost: Int)
    /// `submit` took longer than it may.
    case slowSubmit(item: String, Duration)
    /// It could not be destroyed, because something in it never ended.
    case neverEnded
}

extension PluginMisbehaviour: CustomStringConvertible {
    /// One sentence for the operator.
    package var description: String {
        switch self {
        case .staleCompletions(let count):
            "The plugin completed calls that are unknown or already completed (\(count) so far)."
        case .completedAndRefused(let item):
            "The plugin refused a call of \(item) and completed it all the same."
        case .malformedResult(let item, let reason):
            "The result of \(item) cannot be passed on: \(reason)."
        case .resultTooLarge(let item, let bytes):
            "The result of \(item) has \(bytes) bytes, more than the gateway passes on."
        case .ignoredCancel(let item, let lost):
            "The plugin did not end a cancelled call of \(item) in time; \(lost) such calls hold their places."
        case .slowSubmit(let item, let duration):
            "Taking a call of \(item) held its thread for \(duration); submit must return at once, or the manifest must say that it blocks."
        case .neverEnded:
            "The plugin was not destroyed, because calls or replies in it never ended; its memory stays until the gateway restarts."
        }
    }
}
