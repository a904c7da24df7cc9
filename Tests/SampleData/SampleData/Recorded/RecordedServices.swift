internal import GatewayCore
package import HTTPServer

/// Serves ``RecordedAnswers`` to a listener.
package struct RecordedServices: HTTPHandler {
    private let now: @Sendable () -> SampleInstant

    /// - Parameter now: tells the time of each request.
    package init(now: @escaping @Sendable () -> SampleInstant) {
        self.now = now
    }

    package func respond(to request: HTTPRequest) async -> HTTPResponse {
        let answer = RecordedAnswers(now: now()).answer(
            method: request.method,
            path: request.path,
            query: request.query
        )
        var headers = [HTTPField("Content-Type", answer.contentType)]
        if let location = answer.location { headers.append(HTTPField("Location", location)) }
        return HTTPResponse(status: answer.status, headers: headers, body: .bytes(answer.body))
    }
}
