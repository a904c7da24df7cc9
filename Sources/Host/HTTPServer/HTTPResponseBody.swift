/// The content of an answer.
package enum HTTPResponseBody: Sendable {
    case empty
    /// Content of known length, sent at once.
    case bytes([UInt8])
    /// Content written bit by bit, in chunked coding.
    ///
    /// The closure runs in the request's task and ends the answer by returning. When it throws, the connection is cut
    /// without the final chunk, so that the client sees that the content is not whole. It does not run when the answer
    /// has no content (`HEAD`, 204, 304).
    case stream(@Sendable (any HTTPBodyWriter) async throws -> Void)
}
