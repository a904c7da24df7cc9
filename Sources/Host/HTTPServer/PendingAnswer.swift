/// An answer that is not decided yet, as the one who decides holds it.
package protocol PendingAnswer: Sendable {
    /// Sends the head of a streamed answer, whose own body is not looked at.
    ///
    /// To be called once at most; the stream ends when the deciding closure returns.
    /// - Throws: `HTTPWriteError.finished` when an answer to this request has no content.
    func open(_ head: HTTPResponse) throws(HTTPWriteError) -> any HTTPBodyWriter

    /// Cancels the request's task; from any thread, and without effect once the request is answered.
    func cancel()
}
