/// The kinds of failure a caller can act on: a fixed set, fit for a metric label.
package enum ErrorCode: String, Hashable, Sendable, CaseIterable {
    case invalidArgument = "invalid_argument"
    case notFound = "not_found"
    case forbidden
    case conflict
    case unavailable
    case timeout
    case tooLarge = "too_large"
    case rateLimited = "rate_limited"
    case approvalRequired = "approval_required"
    case `internal`
}

/// Why a call failed, in words its caller may read.
///
/// The message never holds SQL, a host name, a path, a credential or a stack; what the operator needs goes to the log.
package struct GatewayError: Error, Hashable, Sendable {
    package let code: ErrorCode
    /// One sentence for the caller.
    package let message: String
    /// What to do instead, when there is something.
    package let hint: String?
    /// When it may be worth trying again, in milliseconds.
    package let retryAfterMilliseconds: Int?
    /// The page where a person agrees to the call.
    package let approvalURL: String?

    package init(
        _ code: ErrorCode,
        _ message: String,
        hint: String? = nil,
        retryAfterMilliseconds: Int? = nil,
        approvalURL: String? = nil
    ) {
        self.code = code
        self.message = message
        self.hint = hint
        self.retryAfterMilliseconds = retryAfterMilliseconds
        self.approvalURL = approvalURL
    }
}
