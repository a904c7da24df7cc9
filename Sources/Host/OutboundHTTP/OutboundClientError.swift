/// Why an `OutboundClient` could not start.
package enum OutboundClientError: Error, Hashable, Sendable {
    /// libcurl could not be set up.
    case library
    /// The system gave no thread.
    case thread
}
