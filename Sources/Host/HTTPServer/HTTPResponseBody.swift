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
    /// An answer that is decided while it is made.
    ///
    /// The closure runs in the request's task. It returns the answer, or it opens a stream, writes it and returns nil.
    /// When it throws, the connection is cut. The status around it is not sent, and the header fields around it are
    /// added to those of the answer.
    case undecided(@Sendable (any PendingAnswer) async throws -> HTTPResponse?)
}
