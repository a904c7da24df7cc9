/// Takes note of every call and how it ended.
///
/// Never waits and never fails a call.
package protocol Auditing: Sendable {
    func record(_ event: AuditEvent)

    /// Takes note of what was done about calls.
    func record(_ act: AuditedAct)
}

extension Auditing {
    /// Does nothing: for those who count or log calls only.
    package func record(_ act: AuditedAct) {}
}

/// One call, without its result.
package struct AuditEvent: Sendable {
    /// How a call ended: a fixed set, fit for a metric label.
    package enum Outcome: Hashable, Sendable, CustomStringConvertible, CaseIterable {
        case answered
        case toolError
        case failed(ErrorCode)
        case unknownItem
        case challenged
        /// It asked for something and begins again when that is answered.
        case asked
        case cancelled

        package static let allCases: [Outcome] =
            [.answered, .toolError, .unknownItem, .challenged, .asked, .cancelled]
            + ErrorCode.allCases.map(Outcome.failed)

        package var description: String {
            switch self {
            case .answered: "ok"
            case .toolError: "tool_error"
            case .failed(let code): code.rawValue
            case .unknownItem: "unknown_item"
            case .challenged: "challenged"
            case .asked: "asked"
            case .cancelled: "cancelled"
            }
        }
    }

    package let requestID: RequestID
    package let principal: Principal
    /// Nil when the name asked for is not one the caller may know.
    package let item: ItemReference?
    package let outcome: Outcome
    package let duration: Duration
    /// The gateway's own span in the caller's trace; nil when the caller has none.
    package let trace: TraceContext?
    /// As the client sent them: for an audit trail's digest, and for no log.
    package private(set) var arguments: ArraySlice<UInt8>?

    package init(
        requestID: RequestID,
        principal: Principal,
        item: ItemReference?,
        outcome: Outcome,
        duration: Duration,
        trace: TraceContext? = nil,
        arguments: ArraySlice<UInt8>? = nil
    ) {
        self.requestID = requestID
        self.principal = principal
        self.item = item
        self.outcome = outcome
        self.duration = duration
        self.trace = trace
        self.arguments = arguments
    }

    /// The same for who must not keep what a client sent.
    package var withoutArguments: AuditEvent {
        var event = self
        event.arguments = nil
        return event
    }
}
