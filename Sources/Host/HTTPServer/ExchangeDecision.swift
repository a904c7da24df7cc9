import GatewayCore

/// The connection's side of an answer that is not decided yet.
struct ExchangeDecision: PendingAnswer {
    let link: ExchangeLink
    let omitsContent: Bool
    /// Sent with every answer.
    let fields: [HTTPField]

    func open(_ head: HTTPResponse) throws(HTTPWriteError) -> any HTTPBodyWriter {
        let head = complete(head)
        // What has no content, or cannot be sent, ends here; the closure learns that it need not write.
        guard head.isSendable else { throw .finished }
        link.begin(head)
        guard head.mayHaveContent, !omitsContent else { throw .finished }
        return link
    }

    func cancel() {
        link.cancel()
    }

    /// The answer with the fields of every answer.
    func complete(_ answer: HTTPResponse) -> HTTPResponse {
        guard !fields.isEmpty else { return answer }
        var answer = answer
        answer.headers += fields
        return answer
    }
}
