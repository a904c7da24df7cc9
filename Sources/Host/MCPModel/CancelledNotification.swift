package import JSON

/// Word that a request's answer is no longer wanted (2025-11-25 basic/utilities/cancellation).
package struct CancelledNotification: Sendable {
    package static let method = "notifications/cancelled"

    package let requestID: RequestIdentifier

    /// Reads the parameters; nil when they name no request, which is to be ignored.
    package init?(_ parameters: JSONNode?) {
        guard let id = parameters?["requestId"].flatMap(RequestIdentifier.init) else { return nil }
        requestID = id
    }
}
