/// What answers the requests of a listener.
package protocol HTTPHandler: Sendable {
    /// Answers one request.
    ///
    /// Runs in a task of its own, which is cancelled when the client disconnects or a shutdown's time is up; the answer
    /// is then thrown away.
    func respond(to request: HTTPRequest) async -> HTTPResponse
}
